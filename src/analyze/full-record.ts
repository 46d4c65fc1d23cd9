import type { Ami } from '../model/index.ts';

/**
 * True when the record is what DescribeImages returned, not a selection of its fields (`--query`): EC2 states these for every AMI.
 * Only in a full record does an absent field mean something.
 */
export function isFullRecord({ architecture, virtualization, rootDeviceType }: Ami): boolean {
  return architecture !== undefined && virtualization !== undefined && rootDeviceType !== undefined;
}
