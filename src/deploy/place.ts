import type { DeploymentTarget, Issue, Reasoned, VmSize } from '../model/index.ts';

export interface Zones {
  readonly said: Reasoned<readonly string[]>;
  readonly issues: readonly Issue[];
}

/** One zone for a VM, which EC2 instances have too; all of them for a scale set. */
export function zonesOf(
  { name, zones }: VmSize,
  { target, wanted, location, image }: { target: DeploymentTarget; wanted: readonly string[] | undefined; location: string; image: string },
): Zones {
  const closed = (wanted ?? []).filter((zone) => !zones.includes(zone));
  const offered = zones.length === 0 ? `${location} offers ${name} in no zone` : `${name} is offered in ${zones.join(', ')} of ${location}`;
  if (closed.length > 0) return { said: { value: null, reason: offered }, issues: [zoneIssue(closed, offered, image)] };
  if (target === 'vm' && wanted !== undefined && wanted.length > 1)
    return { said: { value: null, reason: offered }, issues: [zoneIssue(wanted, 'a VM stands in one zone', image)] };
  if (zones.length === 0) return { said: { value: null, reason: offered }, issues: [] };
  if (wanted !== undefined) return { said: { value: wanted, reason: `named with --zone; ${offered}` }, issues: [] };
  const all = `every zone that has ${name} in ${location}`;
  const one = `${offered}; an EC2 instance stands in one zone too, and Premium SSD v2 needs one`;
  return { said: target === 'vmss' ? { value: zones, reason: all } : { value: zones.slice(0, 1), reason: one }, issues: [] };
}

function zoneIssue(zones: readonly string[], because: string, image: string): Issue {
  return {
    severity: 'error',
    code: 'DEPLOY_ZONES',
    message: `nothing can be deployed in zone ${zones.join(', ')}: ${because}`,
    hint: 'name another zone with --zone, or another size with --size',
    image,
  };
}
