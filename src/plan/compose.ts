import type { Catalog, Check } from '../catalog/schema.ts';
import { guestFamily } from '../guest/system.ts';
import { agentTable, componentTable, guestEnvironment, type PlannedSystem, provenanceTable, volumeTable } from '../guest/tables.ts';
import type {
  Analysis,
  BaseMatch,
  BuildPlan,
  Candidate,
  Engine,
  ExistingDefinition,
  ImageSpec,
  Issue,
  PlanDraft,
  PlannedCheck,
  Provisioner,
} from '../model/index.ts';
import { laterRegions, SCHEMA_VERSION } from '../model/index.ts';
import type { AddedChecks } from './added-checks.ts';
import { bindToDefinition } from './bind-definition.ts';
import { planCarryOver } from './carry-over.ts';
import { planDataDisks } from './data-disks.ts';
import { decideComponents } from './decide-components.ts';
import { definitionFor } from './definition.ts';
import { planDigest } from './digest.ts';
import { planGates } from './gates.ts';
import { deploymentLicenseType } from './licence-type.ts';
import { planLogin } from './login.ts';
import { planMachine } from './machine.ts';
import { planOsDisk } from './os-disk.ts';
import { regionHint } from './region-hint.ts';
import { publishRoute } from './route.ts';
import { sharedGallery, sharingIssues } from './sharing.ts';
import { tagIssues, versionTags } from './tags.ts';
import { nextVersion } from './version.ts';

/** What a plan is made of, all gathered beforehand. */
export interface PlanInputs {
  readonly spec: ImageSpec;
  readonly analysis: Analysis;
  readonly match: BaseMatch & { readonly chosen: Candidate };
  readonly catalog: Catalog;
  readonly provisioners: readonly Provisioner[];
  readonly scripts: BuildPlan['guestScripts'];
  readonly added: AddedChecks;
  readonly measure: BuildPlan['test']['measure'];
  readonly issues: readonly Issue[];
  /** Version names that the definition already has. */
  readonly existing: readonly string[];
  /** The definition that the version goes into, where it exists. */
  readonly definition?: ExistingDefinition | undefined;
  readonly now: Date;
}

/** The plan with each engine that is asked for, as values: the same inputs give the same plans. Engines share all but their name and the way to the gallery. */
export function composePlans(inputs: PlanInputs): (engine: Engine) => PlanDraft {
  const shared = composeShared(inputs);
  return (engine) => ({ ...shared, engine, route: publishRoute(engine, shared.security, shared.base.architecture) });
}

/** The plan with its digest, and the file by which the image names it. */
export function signedPlan(draft: PlanDraft): BuildPlan {
  const plan = { ...draft, digest: planDigest(draft) };
  return { ...plan, guestFiles: [...plan.guestFiles, provenanceTable(plan)] };
}

function composeShared(inputs: PlanInputs): Omit<PlanDraft, 'engine' | 'route'> {
  const { analysis, match, catalog } = inputs;
  const base = match.chosen;
  const { spec, issues: followed } = bindToDefinition(inputs.spec, base, inputs.definition);
  const os = analysis.osFamily.value === 'windows' ? 'windows' : 'linux';
  const machine = planMachine(spec, base, catalog, analysis.ami);
  const components = decideComponents(os, catalog.components, spec.components, {
    family: analysis.amiFamily.value,
    inventory: analysis.inventory,
  });
  const guest = guestFamily(base, catalog.releases, os);
  const disk = planOsDisk(spec, analysis, base);
  const content = planCarryOver(spec, base, analysis.inventory, catalog);
  const login = planLogin(spec, os);
  const gates = planGates(spec, os, base.distro, catalog, inputs.added.checks);
  return {
    kind: 'BuildPlan',
    schemaVersion: SCHEMA_VERSION,
    image: spec.name,
    provenance: { amiId: analysis.ami.id, amiName: analysis.ami.name, amiRegion: analysis.ami.region, amiCreated: analysis.ami.created },
    os: { family: os, distro: base.distro, version: base.version, guest },
    base: { urn: base.urn, plan: base.plan, generation: base.generation, architecture: base.architecture, features: base.features },
    security: machine.security,
    controllers: machine.controllers,
    deploymentLicenseType: deploymentLicenseType(spec.licence, base, catalog),
    subscription: spec.target.subscription,
    resourceGroup: spec.target.resourceGroup,
    gallery: spec.target.gallery,
    location: spec.target.location,
    definition: definitionFor(spec, analysis, base, machine, inputs.definition),
    version: nextVersion(inputs.existing, inputs.now),
    build: {
      vmSize: machine.buildSize,
      ...(machine.buildFallback !== undefined && { fallbackSizes: machine.buildFallback }),
      osDiskSizeGB: disk.sizeGB,
      identity: spec.build.identity,
      subnet: spec.build.subnet,
      timeoutMinutes: spec.build.timeoutMinutes,
    },
    test: {
      shapes: machine.shapes,
      ...(spec.test.zones !== undefined && { zones: spec.test.zones }),
      subnet: spec.test.subnet,
      ...(login.network && { login: 'network' as const }),
      timeoutMinutes: spec.test.timeoutMinutes,
      ...(inputs.measure !== undefined && { measure: inputs.measure }),
    },
    timeouts: spec.timeouts,
    ...(spec.onError && { onError: spec.onError }),
    dataDisks: planDataDisks(analysis.ami, catalog),
    provisioners: inputs.provisioners,
    guestScripts: inputs.scripts,
    guestFiles: [
      componentTable(os, catalog, components.decisions),
      agentTable(os, catalog.agents),
      ...(os === 'linux' ? volumeTable(spec.build.volumes) : []),
      ...gates.files,
      ...inputs.added.files,
      ...guestEnvironment(guest, plannedSystem(base, catalog)),
    ],
    components: components.decisions,
    carryOver: content.carryOver,
    parity: { policy: spec.parity, allow: spec.parityAllow },
    checks: [...gates.checks.map(planned), ...inputs.added.checks].filter(isAskedOnTestVm),
    regions: spec.regions,
    tags: versionTags(spec, analysis.ami, { base }),
    release: releaseOf(spec),
    production: productionOf(spec),
    ...sharingOf(spec),
    issues: [
      ...inputs.issues,
      ...machine.issues,
      ...withImage(
        [
          ...followed,
          ...components.issues,
          ...content.issues,
          ...gates.issues,
          ...inputs.added.issues,
          ...login.issues,
          ...sharingIssues(spec, base, machine.security),
        ],
        spec,
      ),
      ...disk.issues,
      ...tagIssues(spec, analysis.ami),
      ...regionHint(spec, analysis.ami.region, catalog),
    ],
  };
}

function isAskedOnTestVm({ stages }: PlannedCheck): boolean {
  return stages.includes('test-vm') || stages.includes('restarted');
}

function planned({ id, title, severity, stages }: Check): PlannedCheck {
  return { id, title, severity, stages };
}

function releaseOf(spec: ImageSpec): BuildPlan['release'] {
  const { rollout, endOfLife, safety, softDelete, sharing } = spec;
  const silent = [rollout, endOfLife, softDelete, sharing, ...Object.values(safety)].every((wish) => wish === undefined);
  return silent ? undefined : { laterRegions: laterRegions(spec), endOfLife, safety, softDelete, ...(sharing && { sharing }) };
}

function productionOf({ production }: ImageSpec): BuildPlan['production'] {
  if (production === undefined) return undefined;
  const { resourceGroup, location } = production.target;
  return { resourceGroup, location, automatic: production.automatic };
}

function sharingOf(spec: ImageSpec): Pick<BuildPlan, 'sharing'> {
  const sharing = sharedGallery(spec);
  return sharing === undefined ? {} : { sharing };
}

function withImage(issues: readonly Issue[], spec: ImageSpec): readonly Issue[] {
  return issues.map((issue) => ({ ...issue, image: spec.name, place: issue.place ?? spec.place }));
}

/** What the guest of a base is held against: its os-release may call it by another id than the catalog does. */
function plannedSystem({ distro, version, architecture }: Candidate, { releases }: Catalog): PlannedSystem {
  const release = releases.find((known) => known.distro === distro && known.version === version);
  const ids = release?.osReleaseIds ?? [];
  return { ids: ids.length > 0 ? ids : [distro], version, title: release?.title ?? `${distro} ${version}`, architecture };
}
