import type { VirtualClock } from '../clock.ts';
import type { Cloud } from '../http.ts';
import { ec2Cloud } from './ec2.ts';
import { ssmCloud } from './ssm.ts';
import { seededAws } from './world.ts';

/** The AWS services of the sandbox, one per protocol; deprecation of AMIs follows the virtual clock. */
export function awsClouds({ clock, nextGuid }: { readonly clock: VirtualClock; readonly nextGuid: () => string }): readonly Cloud[] {
  const world = seededAws();
  return [ec2Cloud(world, clock, nextGuid), ssmCloud(world, nextGuid)];
}
