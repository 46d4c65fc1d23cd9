import type { Ami } from './analysis.ts';

/** How many source AMIs are followed; longer chains come from nightly copies of copies and add nothing. */
export const MAX_ANCESTORS = 10;

export interface AncestorRef {
  readonly id: string;
  readonly region: string;
}

/** The AMI to ask for next, given the chain so far (the AMI itself first); undefined at its end, in a loop, or when it is long enough. */
export function nextAncestor(chain: readonly Ami[]): AncestorRef | undefined {
  const last = chain.at(-1);
  if (last?.sourceImageId === undefined || chain.length > MAX_ANCESTORS) return undefined;
  const next = { id: last.sourceImageId, region: last.sourceImageRegion ?? last.region };
  return chain.some(({ id, region }) => id === next.id && region === next.region) ? undefined : next;
}
