import type { Ami } from '../model/index.ts';

/**
 * True when the record is what DescribeImages returned, not a selection of its fields (`--query`): EC2 states these for every AMI.
 * Only in a full record does an absent field mean something.
 */
export function isFullRecord({ architecture, virtualization, rootDeviceType }: Ami): boolean {
  return architecture !== undefined && virtualization !== undefined && rootDeviceType !== undefined;
}

/** EC2 allows 128 characters in a name and 255 in a description or tag value; a longer text did not come from there. */
const LONGEST = 256;

/** A name, description or tag as patterns may read it: cut, so that a hostile text costs no time. */
export function readable(text: string): string {
  return text.slice(0, LONGEST);
}
