import { type BuildPlan, misfits, sizeNamed, type VmSize } from '../model/index.ts';
import type { Answer, AzureState } from './questions.ts';
import { keyOf, roomsOf, standIns, type Use, usesIn } from './uses.ts';

/** Every VM size of the plan is sold in its location and can run the image: architecture, generation, controller, Trusted Launch, zones. */
export function sizesFit(plan: BuildPlan, state: AzureState): readonly Answer[] {
  const known = roomsOf(plan, state).filter(([, { sizes }]) => sizes.length > 0);
  return known.flatMap(([place, { sizes }]) =>
    usesIn(plan, place, sizes).flatMap((use) => [judgeSize(plan, use, sizes), ...judgeFallback(use, sizes)]),
  );
}

function judgeSize(plan: BuildPlan, use: Use, sizes: readonly VmSize[]): Answer {
  const { location } = use.need;
  const title = `${use.purpose} VM size`;
  const key = location === plan.location ? `${use.purpose}.vmSize` : `test: { regions: [{ name: ${location}, vmSize: … }] }`;
  const hint = `set \`${key}\` for ${plan.image}; \`az vm list-skus --location ${location}\` lists what is sold there`;
  const answer = (status: 'fail' | 'warn', detail: string): Answer => ({ id: 'size', title, status, detail, hint });
  const size = sizeNamed(sizes, use.vmSize);
  const [misfit] = size === undefined ? [`is not sold in ${location}`] : misfits(size, use.need);
  if (misfit !== undefined) {
    const detail = `VM size ${size?.name ?? use.vmSize} ${misfit}`;
    const other = size === undefined || size.restriction !== undefined ? standIns(use, sizes)[0] : undefined;
    return other === undefined ? answer('fail', detail) : answer('warn', `${detail}: ${other.name} stands in (\`${keyOf(use)}\`)`);
  }
  const zoneless = size === undefined ? [] : use.zones.filter((zone) => !size.zones.includes(zone));
  if (zoneless.length > 0) {
    const detail = `VM size ${use.vmSize} is not offered in zone ${zoneless.join(', ')} of ${location}`;
    return zoneless.length === use.zones.length ? answer('fail', detail) : answer('warn', `${detail}: the other zones are tried`);
  }
  if (use.wishesTrustedLaunch && size?.trustedLaunch === false) {
    // A TrustedLaunchSupported image also makes ordinary Gen2 VMs, so a size without Trusted Launch still tests something.
    return answer('warn', `VM size ${size.name} has no Trusted Launch: that shape is tested as an ordinary Gen2 VM`);
  }
  return { id: 'size', title, status: 'pass', detail: `${use.vmSize} fits` };
}

/** Which sizes stand in where there is no room for the first, in their order, and which cannot. */
function judgeFallback(use: Use, sizes: readonly VmSize[]): readonly Answer[] {
  if (use.fallbackSizes.length === 0) return [];
  const fitting = standIns(use, sizes).map(({ name }) => name);
  const unfit = use.fallbackSizes.flatMap((name) => {
    const size = sizeNamed(sizes, name);
    const [misfit] = size === undefined ? [`is not sold in ${use.need.location}`] : misfits(size, use.need);
    return misfit === undefined ? [] : [`${name} ${misfit}`];
  });
  const detail = `where there is no room for ${use.vmSize}: ${[fitting.join(', ') || 'no other size', ...unfit].join('; ')}`;
  const title = `${use.purpose} VM size, if there is no room`;
  if (fitting.length > 0) return [{ id: 'size', title, status: 'pass', detail }];
  return [{ id: 'size', title, status: 'warn', detail, hint: `name sizes that fit in \`${keyOf(use)}\`, or \`[]\`` }];
}
