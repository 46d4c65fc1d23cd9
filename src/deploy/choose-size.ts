import { mapInstance } from '../map/index.ts';
import { type Issue, misfits, type Reasoned, sizeNamed, statesTrustedLaunch, type TestShape, type VmSize } from '../model/index.ts';
import type { DeployFacts, DeployWish } from './facts.ts';
import { controllersOf } from './security.ts';

/** The size that a machine gets, or why there is none. */
export type ChosenSize =
  | { readonly kind: 'chosen'; readonly size: VmSize; readonly said: Reasoned<string> }
  | { readonly kind: 'none'; readonly issue: Issue };

interface Candidate {
  readonly name: string;
  readonly reason: string;
}

/** The first candidate that runs the image in the location; those before it are told with what is against them. */
export function chooseSize(facts: DeployFacts, wish: DeployWish): ChosenSize {
  const candidates = candidatesOf(facts, wish);
  const judged = candidates.map((candidate) => ({ ...candidate, ...judge(candidate.name, facts) }));
  const found = judged.find(({ against }) => against.length === 0);
  const before = found === undefined ? judged : judged.slice(0, judged.indexOf(found));
  const passed = before.map(({ name, against }) => `${name} ${against.join(', ')}`);
  if (found?.size === undefined) return { kind: 'none', issue: noSize(facts, wish, passed) };
  const reason = [found.reason, ...passed].join('; ');
  return { kind: 'chosen', size: found.size, said: { value: found.size.name, reason } };
}

/** What the user names; else what the EC2 type maps to, best first; else the sizes on which the image was tested. */
function candidatesOf({ plan, catalog }: DeployFacts, { size, instanceType }: DeployWish): readonly Candidate[] {
  if (size !== undefined) return [{ name: size, reason: 'named with --size' }];
  if (instanceType === undefined)
    return testedSizes(plan?.test.shapes ?? []).map(({ vmSize, controller }) => ({
      name: vmSize,
      reason: `the image is tested on it with ${controller} disks; --instance-type maps the size of an EC2 instance`,
    }));
  const mapping = mapInstance(instanceType, catalog);
  if (mapping.kind !== 'sizes' && mapping.kind !== 'dedicated-host') return [];
  const host = mapping.kind === 'dedicated-host' ? ', on a Dedicated Host of your own' : '';
  return mapping.candidates.map(({ name, vcpus, memoryGiB }) => ({
    name,
    reason: `${instanceType} → ${vcpus} vCPUs and ${memoryGiB} GiB${host} (${mapping.confidence} confidence)`,
  }));
}

/** A size may be tested in several ways: it is one candidate. */
function testedSizes(shapes: readonly TestShape[]): readonly TestShape[] {
  return shapes.filter(({ vmSize }, index) => shapes.findIndex((shape) => shape.vmSize === vmSize) === index);
}

function judge(name: string, facts: DeployFacts): { readonly size: VmSize | undefined; readonly against: readonly string[] } {
  const { definition, sizes, location } = facts;
  const size = sizeNamed(sizes, name);
  if (size === undefined) return { size, against: [`is not sold in ${location}`] };
  const { architecture, generation } = definition;
  // A definition for Trusted Launch alone makes nothing else; one that supports it also makes ordinary VMs.
  const trustedLaunch = statesTrustedLaunch(definition) && /^TrustedLaunch$/i.test(securityFeature(facts));
  return { size, against: misfits(size, { location, architecture, generation, controllers: controllersOf(definition), trustedLaunch }) };
}

function securityFeature({ definition }: DeployFacts): string {
  return definition.features.find(({ name }) => name === 'SecurityType')?.value ?? '';
}

function noSize({ spec, catalog, location }: DeployFacts, { size, instanceType }: DeployWish, passed: readonly string[]): Issue {
  const mapping = instanceType === undefined ? undefined : mapInstance(instanceType, catalog);
  const why = mapping?.kind === 'unknown' || mapping?.kind === 'none' ? mapping.reasons : passed;
  const asked = size ?? instanceType;
  return {
    severity: 'error',
    code: 'DEPLOY_SIZE',
    message: `no VM size ${asked === undefined ? 'is known' : `for ${asked} runs ${spec.name} in ${location}`}${why.length ? `: ${why.join('; ')}` : ''}`,
    hint: `name one with --size, or an EC2 type with --instance-type; \`az vm list-skus --location ${location}\` lists what is sold there`,
    image: spec.name,
  };
}
