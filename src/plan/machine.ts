import type { Catalog, DefaultSize } from '../catalog/schema.ts';
import {
  type Analysis,
  type Candidate,
  type DiskController,
  type ImageSpec,
  type Issue,
  type SecurityType,
  statesNvme,
  statesTrustedLaunch,
  type TestShape,
} from '../model/index.ts';
import { forbiddenMachine } from './machine-rules.ts';
import { findSeries, forbiddenSizes } from './size-rules.ts';
import { testShapes } from './test-shapes.ts';
import { tpmIssues } from './tpm.ts';

export interface Machine {
  readonly security: SecurityType;
  readonly controllers: readonly DiskController[];
  readonly buildSize: string;
  /** Sizes for when there is no room for it; absent = none. */
  readonly buildFallback: readonly string[] | undefined;
  readonly shapes: readonly TestShape[];
  readonly issues: readonly Issue[];
}

/** The facts that the machine is chosen from. */
export type MachineFacts = Pick<Catalog, 'sizes' | 'series'>;

/**
 * Chooses security type, disk controllers, and the VM sizes for building and testing. Wishes that Azure forbids, or that the base cannot
 * keep, become issues that name the rule and its source; `ami` is what the AMI asks of the machine.
 */
export function planMachine(spec: ImageSpec, base: Candidate, facts: MachineFacts, ami?: Pick<Analysis['ami'], 'tpm'>): Machine {
  const security = spec.security === 'auto' ? securityOf(base) : spec.security;
  const controllers = spec.controllers === 'auto' ? controllersOf(base) : spec.controllers;
  const [ownBuild, ...otherBuild] = buildSizes(facts.sizes, base, { security, controllers });
  const build = spec.build.vmSize ?? ownBuild;
  const tests = testSizes(spec, base, facts, { security, controllers });
  const chosen = { security, controllers };
  const issues = [
    ...forbiddenMachine(base, chosen),
    ...forbiddenSizes(spec, base, facts.series, chosen),
    ...tpmIssues(spec, base, security, ami?.tpm),
    ...(build ? [] : [noSize(spec, 'build')]),
    ...tests.filter(({ vmSize }) => !vmSize).map(({ controller }) => noSize(spec, 'test', controller)),
  ];
  return {
    security,
    controllers,
    buildSize: build ?? '',
    buildFallback:
      (spec.build.fallbackSizes && othersThan(build, spec.build.fallbackSizes)) ??
      (spec.build.vmSize === undefined ? unlessNone(otherBuild.slice(0, FALLBACKS)) : undefined),
    shapes: testShapes(
      tests.flatMap(({ controller, vmSize }) => (vmSize ? [{ controller, vmSize }] : [])),
      { sizes: spec.test.vmSizes ?? [], regions: spec.test.regions ?? [], pairs: spec.test.shapes === 'pairs', security },
      facts.series,
    ).map((shape) => withFallback(shape, spec, tests, facts)),
    issues: issues.map((issue) => ({ ...issue, image: spec.name, place: spec.place })),
  };
}

function securityOf(base: Candidate): SecurityType {
  return base.generation === 'V2' && statesTrustedLaunch(base) ? 'TrustedLaunchSupported' : 'Standard';
}

function controllersOf(base: Candidate): readonly DiskController[] {
  return base.generation === 'V2' && statesNvme(base) ? ['SCSI', 'NVMe'] : ['SCSI'];
}

type Chosen = Pick<Machine, 'security' | 'controllers'>;

/** How many default sizes stand behind the first. */
const FALLBACKS = 3;

/** The default sizes that build, best first. SCSI boots whatever the base states; NVMe only where the base and the definition are tagged for it. */
function buildSizes(sizes: readonly DefaultSize[], base: Candidate, { security, controllers }: Chosen): readonly string[] {
  const trustedLaunch = security === 'TrustedLaunch';
  const scsi = sizesFor(sizes, base, { purpose: 'build', controller: 'SCSI', trustedLaunch });
  if (scsi.length > 0 || !controllers.includes('NVMe') || !statesNvme(base)) return scsi;
  return sizesFor(sizes, base, { purpose: 'build', controller: 'NVMe', trustedLaunch });
}

interface TestSize {
  readonly controller: DiskController;
  readonly vmSize: string | undefined;
  /** Default sizes that prove the same; none where the user named the size. */
  readonly others: readonly string[];
}

/**
 * The sizes that may stand in for a shape's: the user's that have its controller, as far as the catalog knows them; or the default sizes behind a
 * default one. For a size that the user named none is chosen: what is to be proven is that size.
 */
function withFallback(shape: TestShape, spec: ImageSpec, tests: readonly TestSize[], { series }: MachineFacts): TestShape {
  const has = (vmSize: string) => findSeries(vmSize, series)?.controllers?.includes(shape.controller) ?? true;
  const given = spec.test.fallbackSizes && othersThan(shape.vmSize, spec.test.fallbackSizes).filter(has);
  const own = tests.find(({ controller, vmSize }) => controller === shape.controller && vmSize === shape.vmSize)?.others ?? [];
  const fallbackSizes = given ?? unlessNone(own.slice(0, FALLBACKS));
  return fallbackSizes === undefined ? shape : { ...shape, fallbackSizes };
}

/** Each of these sizes once, without the one that is tried before them; Azure compares names without regard to case. */
function othersThan(first: string | undefined, names: readonly string[]): readonly string[] {
  const byName = new Map(names.map((name) => [name.toLowerCase(), name]));
  byName.delete(first?.toLowerCase() ?? '');
  return [...byName.values()];
}

function unlessNone(names: readonly string[]): readonly string[] | undefined {
  return names.length === 0 ? undefined : names;
}

/** One size for each controller that the definition claims; the user's goes to the first controller that it has. */
function testSizes(
  spec: ImageSpec,
  base: Candidate,
  { sizes, series }: MachineFacts,
  { security, controllers }: Chosen,
): readonly TestSize[] {
  const given = spec.test.vmSize;
  const has = given === undefined ? undefined : findSeries(given, series)?.controllers;
  const place = controllers.find((controller) => has?.includes(controller)) ?? controllers[0];
  return controllers.map((controller) => {
    if (given !== undefined && controller === place) return { controller, vmSize: given, others: [] };
    const wished = sizesFor(sizes, base, { purpose: 'test', controller, trustedLaunch: security !== 'Standard' });
    const able = wished.length > 0 ? wished : sizesFor(sizes, base, { purpose: 'test', controller, trustedLaunch: false });
    const [vmSize, ...others] = able;
    return { controller, vmSize, others };
  });
}

interface Need {
  readonly purpose: 'build' | 'test';
  readonly controller: DiskController;
  readonly trustedLaunch: boolean;
}

/** The default sizes that meet a need, best first. */
function sizesFor(sizes: readonly DefaultSize[], base: Candidate, need: Need): readonly string[] {
  return sizes
    .filter((size) => size.purpose.includes(need.purpose) && size.architecture === base.architecture)
    .filter((size) => size.generations.includes(base.generation) && size.controllers.includes(need.controller))
    .filter((size) => size.trustedLaunch || !need.trustedLaunch)
    .toSorted((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

function noSize(spec: ImageSpec, purpose: 'build' | 'test', controller: DiskController = 'SCSI'): Issue {
  return {
    severity: purpose === 'build' ? 'error' : 'warning',
    code: 'NO_DEFAULT_SIZE',
    message: `no default VM size for ${purpose} fits this base with ${controller} disks`,
    hint: `set \`${purpose}.vmSize\` for ${spec.name}`,
  };
}
