import type { VmSeries } from '../catalog/schema.ts';
import type { DiskController, SecurityType, TestShape } from '../model/index.ts';
import { pairwise } from './pairwise.ts';
import { findSeries } from './size-rules.ts';

interface Wishes {
  /** Sizes that machines made of the image will have. */
  readonly sizes: readonly string[];
  /** Whether every pair of controller, Trusted Launch and size is to boot together. */
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
 */
export function testShapes(claims: readonly Claim[], wishes: Wishes, series: readonly VmSeries[]): readonly TestShape[] {
  return wishes.pairs ? allPairs(claims, wishes, series) : eachOnce(claims, wishes, series);
}

/** Only a combination that Azure has: the controllers of the size, as far as the catalog knows it. */
function withSizes(claims: readonly Claim[], { sizes }: Wishes, series: readonly VmSeries[]): readonly Claim[] {
  const given = claims.flatMap(({ controller }) =>
    sizes
      .filter((vmSize) => findSeries(vmSize, series)?.controllers?.includes(controller) ?? true)
      .map((vmSize) => ({ controller, vmSize })),
  );
  const unserved = claims.filter(({ controller }) => !given.some((claim) => claim.controller === controller));
  return [...given, ...unserved];
}

function eachOnce(claims: readonly Claim[], wishes: Wishes, series: readonly VmSeries[]): readonly TestShape[] {
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
  const possible = withSizes(claims, wishes, series).flatMap(({ controller, vmSize }) =>
    launches(vmSize, wishes, series).map((launch) => [controller, launch, vmSize] as const),
  );
  return pairwise(possible).map(([controller, launch, vmSize]) => ({
    vmSize,
    controller,
    ...(launch === 'without' && { ordinary: true as const }),
    reason:
      wishes.security === 'Standard' ? `${controller} disks on this size` : `${controller} disks, this size, ${launch} Trusted Launch`,
  }));
}

/** With and without Trusted Launch, where the image supports both; an image that demands it, or has none, has one way. */
function launches(vmSize: string, { security }: Wishes, series: readonly VmSeries[]): readonly ('with' | 'without')[] {
  switch (security) {
    case 'Standard':
      return ['with'];
    case 'TrustedLaunch':
      return ['with'];
    case 'TrustedLaunchSupported':
      return findSeries(vmSize, series)?.trustedLaunch === false ? ['without'] : ['with', 'without'];
  }
}
