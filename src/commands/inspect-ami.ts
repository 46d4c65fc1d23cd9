import { createSnapshots } from '../adapters/aws/ebs.ts';
import { createEc2 } from '../adapters/aws/ec2.ts';
import { createManagedInstances } from '../adapters/aws/managed-instances.ts';
import { ancestryOf } from '../analyze/index.ts';
import { ancestorContent } from '../analyze/weaker-content.ts';
import type { Catalog } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { type Ami, type AmiSource, type ImageSpec, isInAws, rootSnapshot } from '../model/index.ts';
import { adHocSpec } from './ad-hoc-spec.ts';
import { chooseClouds } from './clouds.ts';
import type { Io } from './command.ts';
import { withAws } from './connect-clouds.ts';
import { createContents, inspectSnapshot } from './contents.ts';
import { inspectHere } from './inspect-sources.ts';
import type { Inspected } from './inspected.ts';
import { readFleet } from './manifest.ts';

/** Which AMI is meant: its id and region, or an image of the manifest. */
export interface AmiSubject {
  readonly subject: string;
  readonly region: string | undefined;
  readonly manifest: string;
  readonly sandbox: boolean;
}

/**
 * Reads the root disk of an AMI from its snapshot by EBS direct, block by block and only what is asked for. Nothing is started, copied or changed.
 * Throws AMI_NOT_FOUND, SNAPSHOT_UNREADABLE, FILE_INVALID where there is no system on it that is read.
 */
export async function inspectAmi<Result>(
  given: AmiSubject,
  catalog: Catalog,
  io: Io,
  use: (inspected: Inspected) => Promise<Result>,
): Promise<Result> {
  const { spec, folder } = await specOf(given, io);
  const { source } = spec;
  if (!isInAws(source)) return inspectHere(source.path, catalog, { ...io, folder }, use);
  return withAws(chooseClouds([spec], given.sandbox, io.environment), io, async (aws, simulated) => {
    const ec2 = createEc2(aws);
    const ami = await ec2.findAmi(source);
    if (ami === undefined) throw notFound(source);
    const place = { ami: ami.id, id: requireSnapshot(ami), region: ami.region, simulated };
    const snapshots = createSnapshots(aws);
    const contents = createContents({ snapshots, instances: createManagedInstances(aws), folder, catalog: async () => catalog, simulated });
    const ancestor = async () => ancestorContent(await ancestryOf(ami, ec2), contents);
    return inspectSnapshot({ ...place, snapshots }, catalog, (inspected) => use({ ...inspected, ancestor }));
  });
}

async function specOf({ subject, region, manifest }: AmiSubject, io: Io): Promise<{ readonly spec: ImageSpec; readonly folder: string }> {
  if (subject.startsWith('ami-')) return { spec: adHocSpec(subject, region), folder: io.folder };
  const { specs, folder } = await readFleet(manifest, [subject], io);
  const [spec] = specs;
  if (spec !== undefined) return { spec, folder };
  throw new RegildError('IMAGE_UNKNOWN', `${manifest} has no image ${subject}`);
}

function notFound(source: AmiSource): RegildError {
  const named = source.kind === 'ami' ? source.id : source.kind === 'ssm' ? source.parameter : `${source.name} of ${source.owner}`;
  return new RegildError('AMI_NOT_FOUND', `no AMI ${named} in ${source.region}`, {
    hint: 'AMI ids differ per region; check the region, or that the owner shares the AMI with this account',
  });
}

function requireSnapshot(ami: Ami): string {
  const snapshot = rootSnapshot(ami);
  if (snapshot !== undefined) return snapshot;
  throw new RegildError(
    'SNAPSHOT_UNREADABLE',
    `the AMI ${ami.id} has no root snapshot: its disk is an instance store, or this account may not see it`,
    {
      hint: 'inspect a running instance instead: sh inventory-lines.sh > inventory.tsv, then regild inspect inventory.tsv',
    },
  );
}
