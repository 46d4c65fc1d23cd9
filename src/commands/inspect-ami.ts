import { createSnapshots } from '../adapters/aws/ebs.ts';
import { createEc2 } from '../adapters/aws/ec2.ts';
import { createManagedInstances } from '../adapters/aws/managed-instances.ts';
import type { InsideFacts } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { type Ami, type AmiSource, isInAws, rootSnapshot, type Source } from '../model/index.ts';
import { type Clouds, chooseClouds, SANDBOX_SUBSCRIPTION } from './clouds.ts';
import type { Io } from './command.ts';
import { withAws } from './connect-clouds.ts';
import { createContents, inspectSnapshot } from './contents.ts';
import { inspectHere } from './inspect-sources.ts';
import type { Inspected } from './inspected.ts';
import { catalogFor } from './installation.ts';

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
  catalog: InsideFacts,
  io: Io,
  use: (inspected: Inspected) => Promise<Result>,
): Promise<Result> {
  const { source, folder, clouds } = await placeOf(given, io);
  if (!isInAws(source)) return inspectHere(source.path, catalog, { ...io, folder }, use);
  return withAws(clouds, io, async (aws, simulated) => {
    const ec2 = createEc2(aws);
    const ami = await ec2.findAmi(source);
    if (ami === undefined) throw notFound(source);
    const place = { ami: ami.id, id: requireSnapshot(ami), region: ami.region, simulated };
    const snapshots = createSnapshots(aws);
    const ancestor = async () => {
      const [{ ancestryOf }, { ancestorContent }] = await Promise.all([
        import('../analyze/index.ts'),
        import('../analyze/weaker-content.ts'),
      ]);
      const contents = createContents({
        snapshots,
        instances: createManagedInstances(aws),
        folder,
        catalog: () => catalogFor(io),
        simulated,
      });
      return ancestorContent(await ancestryOf(ami, ec2), contents);
    };
    return inspectSnapshot({ ...place, snapshots }, catalog, (inspected) => use({ ...inspected, ancestor }));
  });
}

interface Place {
  readonly source: Source;
  /** Absolute path of the folder that paths of the source start from. */
  readonly folder: string;
  readonly clouds: Clouds;
}

/** Where the AMI is looked for: one that stands in no manifest in AWS, unless the sandbox is asked for. Only images need a manifest, and what reads it. */
export async function placeOf({ subject, region, manifest, sandbox }: AmiSubject, io: Io): Promise<Place> {
  if (subject.startsWith('ami-')) {
    if (!region)
      throw new RegildError('USAGE', `the region of ${subject} is not given`, { hint: 'add --region, for example --region eu-west-1' });
    const real = { kind: 'real', metadataUrl: io.environment.ARM_METADATA_URL } as const;
    const clouds = sandbox ? ({ kind: 'sandbox', subscription: SANDBOX_SUBSCRIPTION } as const) : real;
    return { source: { kind: 'ami', id: subject, region }, folder: io.folder, clouds };
  }
  const { readFleet } = await import('./manifest.ts');
  const { specs, folder } = await readFleet(manifest, [subject], io);
  const [spec] = specs;
  if (spec === undefined) throw new RegildError('IMAGE_UNKNOWN', `${manifest} has no image ${subject}`);
  return { source: spec.source, folder, clouds: chooseClouds([spec], sandbox, io.environment) };
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
