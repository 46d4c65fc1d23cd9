import type { ImageSpec } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { describingTogether } from './amis.ts';
import { readingOnce } from './contents.ts';
import { listingOnce } from './definitions.ts';
import { resolvingTogether } from './resolve.ts';

/** A list costs several requests where it has several pages: it is asked for from so many images on. */
const WORTH_A_LIST = 8;

/**
 * The context for planning a fleet: its AMIs and those that they were made from are described together, a disk that images share is read once, and a
 * gallery's definitions are listed once; one that is not there has no versions to ask for. What cannot be had so, each image asks for itself, and learns
 * why. What is made meanwhile is not seen, so it is for reads.
 */
export function sharingLookups(specs: readonly ImageSpec[], context: Context): Context {
  if (specs.length < WORTH_A_LIST) return context;
  const { ec2, gallery, contents } = context.ports;
  const resolved = resolvingTogether(specs, ec2);
  const shared = {
    ec2: describingTogether(resolved, ec2),
    gallery: listingOnce(specs, gallery, WORTH_A_LIST),
    contents: readingOnce(specs, resolved, contents),
  };
  return { ...context, ports: { ...context.ports, ...shared } };
}
