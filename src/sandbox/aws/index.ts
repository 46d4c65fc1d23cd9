import type { VirtualClock } from '../clock.ts';
import type { Cloud } from '../http.ts';
import { ebsCloud } from './ebs.ts';
import { ec2Cloud } from './ec2.ts';
import type { SnapshotSeed } from './snapshots.ts';
import { ssmCloud } from './ssm.ts';
import type { InventorySeed } from './ssm-inventory.ts';
import type { AwsWorld } from './world.ts';

/** What the AWS side of the sandbox starts from. */
export interface AwsStart {
  readonly world: AwsWorld;
  readonly clock: VirtualClock;
  readonly nextGuid: () => string;
  /** What snapshots of its AMIs hold and are like, by their ids. */
  readonly snapshots: ReadonlyMap<string, SnapshotSeed>;
  /** What Systems Manager collected of instances, by their ids; it manages no others. */
  readonly inventories: ReadonlyMap<string, InventorySeed>;
}

/** The AWS services of the sandbox, one per protocol; deprecation of AMIs follows the virtual clock. */
export function awsClouds({ world, clock, nextGuid, snapshots, inventories }: AwsStart): readonly Cloud[] {
  return [
    ec2Cloud({ world, clock, nextGuid, snapshots }),
    ssmCloud(world, inventories, nextGuid),
    ebsCloud({ world, clock, nextGuid, snapshots }),
  ];
}
