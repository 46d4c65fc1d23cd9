import type { VmSeries } from '../catalog/schema.ts';
import type { DiskController, SecurityType, TestRegion, TestShape } from '../model/index.ts';
import { pairwise } from './pairwise.ts';
import { findSeries } from './size-rules.ts';

interface Wishes {
  /** Sizes that machines made of the image will have. */
  readonly sizes: readonly string[];
  /** Regions beside the one of the build. */
  readonly regions: readonly TestRegion[];
  /** Whether every pair of controller, Trusted Launch, size and region is to boot together. */
  readonly pairs: boolean;
  readonly security: SecurityType;
}

/** A size with a controller that the definition claims. */
interface Claim {
  readonly controller: DiskController;
  readonly vmSize: string;
}

/**
 * The ways in which the image is booted: `claims` hold one size for each controller that its definition claims, and the user's sizes come to them.
 * Each is with Trusted Launch where the image has it and the size can; an image that only supports it is booted without it too where all pairs are asked.
 * Those of the build's own region come first: a version that fails there need not be replicated to be tested.
 */
export function testShapes(claims: readonly Claim[], wishes: Wishes, series: readonly VmSeries[]): readonly TestShape[] {
  return wishes.pairs ? allPairs(claims, wishes, series) : eachOnce(claims, wishes, series);
}

/** Only a combination that Azure has: the controllers of the size, as far as the catalog knows it. */
function withSizes(claims: readonly Claim[], { sizes }: Wishes, series: readonly VmSeries[]): readonly Claim[] {
  const given = claims.flatMap(({ controller }) =>
    sizes.filter((vmSize) => hasController(vmSize, controller, series)).map((vmSize) => ({ controller, vmSize })),
  );
  const unserved = claims.filter(({ controller }) => !given.some((claim) => claim.controller === controller));
  return [...given, ...unserved];
}

function eachOnce(claims: readonly Claim[], wishes: Wishes, series: readonly VmSeries[]): readonly TestShape[] {
  const here = eachSizeOnce(claims, wishes, series);
  return [...here, ...wishes.regions.flatMap((region, index) => inRegion(region, turned(here, index), series))];
}

/** The shapes in turn, so that several regions do not all boot the same one. */
function turned(shapes: readonly TestShape[], by: number): readonly TestShape[] {
  const start = shapes.length === 0 ? 0 : by % shapes.length;
  return [...shapes.slice(start), ...shapes.slice(0, start)];
}

/** One VM in a region: the first shape that its own size can be, where it names one. */
function inRegion({ name, subnet, vmSize }: TestRegion, shapes: readonly TestShape[], series: readonly VmSeries[]): readonly TestShape[] {
  const shape = shapes.find(({ controller }) => vmSize === undefined || hasController(vmSize, controller, series)) ?? shapes[0];
  if (shape === undefined) return [];
  return [{ vmSize: vmSize ?? shape.vmSize, controller: shape.controller, location: name, subnet, reason: `the first in ${name}` }];
}

/** True also of a size that the catalog does not know: preflight asks Azure. */
function hasController(vmSize: string, controller: DiskController, series: readonly VmSeries[]): boolean {
  return findSeries(vmSize, series)?.controllers?.includes(controller) ?? true;
}

function eachSizeOnce(claims: readonly Claim[], wishes: Wishes, series: readonly VmSeries[]): readonly TestShape[] {
  if (wishes.sizes.length === 0) return claims;
  const possible = withSizes(claims, wishes, series);
  const chosen = possible.filter((claim, index) => bringsNew(claim, possible.slice(0, index)));
  return chosen.map((claim, index) => ({ ...claim, reason: newIn(claim, chosen.slice(0, index)) }));
}

function bringsNew({ controller, vmSize }: Claim, before: readonly Claim[]): boolean {
  return !before.some((claim) => claim.controller === controller) || !before.some((claim) => claim.vmSize === vmSize);
}

function newIn({ controller, vmSize }: Claim, before: readonly Claim[]): string {
  const size = before.some((claim) => claim.vmSize === vmSize) ? [] : [`the first of size ${vmSize}`];
  const disk = before.some((claim) => claim.controller === controller) ? [] : [`the first with ${controller} disks`];
  return [...disk, ...size].join(', ');
}

function allPairs(claims: readonly Claim[], wishes: Wishes, series: readonly VmSeries[]): readonly TestShape[] {
  const here = withSizes(claims, wishes, series);
  const { regions, security } = wishes;
  const ways = (of: readonly Claim[]) =>
    of.flatMap(({ controller, vmSize }) => launches(vmSize, wishes, series).map((launch) => [controller, launch, vmSize] as const));
  if (regions.length === 0) return pairwise(ways(here)).map((way) => shapeOf(way, security));
  const possible = [
    ...ways(here).map((way) => [...way, ''] as const),
    ...regions.flatMap((region) => ways(claimsIn(region, here, claims, series)).map((way) => [...way, region.name] as const)),
  ];
  return pairwise(possible)
    .map(([controller, launch, vmSize, name]) => ({
      ...shapeOf([controller, launch, vmSize], security),
      ...(name !== '' && { location: name, subnet: regions.find((region) => region.name === name)?.subnet }),
    }))
    .toSorted((a, b) => Number(a.location !== undefined) - Number(b.location !== undefined));
}

/** A region that names a size boots on it alone, with each controller that it has. */
function claimsIn({ vmSize }: TestRegion, here: readonly Claim[], claims: readonly Claim[], series: readonly VmSeries[]): readonly Claim[] {
  if (vmSize === undefined) return here;
  const fitting = claims.filter(({ controller }) => hasController(vmSize, controller, series));
  return (fitting.length > 0 ? fitting : claims.slice(0, 1)).map(({ controller }) => ({ controller, vmSize }));
}

type Launch = 'with' | 'without';

function shapeOf([controller, launch, vmSize]: readonly [DiskController, Launch, string], security: SecurityType): TestShape {
  return {
    vmSize,
    controller,
    ...(launch === 'without' && { ordinary: true as const }),
    reason: security === 'Standard' ? `${controller} disks on this size` : `${controller} disks, this size, ${launch} Trusted Launch`,
  };
}

/** With and without Trusted Launch, where the image supports both; an image that demands it, or has none, has one way. */
function launches(vmSize: string, { security }: Wishes, series: readonly VmSeries[]): readonly Launch[] {
  switch (security) {
    case 'Standard':
      return ['with'];
    case 'TrustedLaunch':
      return ['with'];
    case 'TrustedLaunchSupported':
      return findSeries(vmSize, series)?.trustedLaunch === false ? ['without'] : ['with', 'without'];
  }
}
