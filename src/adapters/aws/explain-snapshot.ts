import type { Snapshot as Ec2Snapshot } from '@aws-sdk/client-ec2';
import { RegildError } from '../../errors.ts';
import type { AwsClients } from './clients.ts';
import { awsErrorName } from './errors.ts';

/** What EBS direct answers for a snapshot that it does not read (its API model), whatever the reason. */
const REFUSALS: readonly string[] = ['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'];

interface Question {
  readonly clients: AwsClients;
  readonly id: string;
  readonly region: string;
}

/** Why EBS direct refused a snapshot, by what EC2 says of it; undefined when that explains nothing. */
export async function explainSnapshot(question: Question, refusal: unknown): Promise<RegildError | undefined> {
  if (!REFUSALS.includes(awsErrorName(refusal))) return undefined;
  const { id, region } = question;
  const [reason, hint] = (await explanation(question)) ?? [];
  if (reason === undefined) return undefined;
  return new RegildError('SNAPSHOT_UNREADABLE', `the snapshot ${id} in ${region} cannot be read: ${reason}`, {
    hint,
    details: { snapshot: id, region, awsError: awsErrorName(refusal) },
    cause: refusal,
  });
}

/** The reason, and what would help; EBS direct reads neither public nor pending snapshots (its frequently asked questions), nor archived ones. */
async function explanation({ clients, id, region }: Question): Promise<readonly [reason: string, hint: string] | undefined> {
  const snapshot = await describe(clients, region, { SnapshotIds: [id] });
  if (snapshot === 'missing')
    return [
      'it does not exist, or is not shared with this account',
      `ask the owner of the AMI to share ${id} with this account, or copy the AMI`,
    ];
  if (snapshot === undefined) return undefined;
  if (snapshot.StorageTier === 'archive') {
    return [
      'it is archived',
      `restore it first: aws ec2 restore-snapshot-tier --snapshot-id ${id} --temporary-restore-days 1 --region ${region}`,
    ];
  }
  if (snapshot.State !== undefined && snapshot.State !== 'completed') {
    return [
      `it is ${snapshot.State}`,
      `wait until it is completed: aws ec2 wait snapshot-completed --snapshot-ids ${id} --region ${region}`,
    ];
  }
  const open = await describe(clients, region, { SnapshotIds: [id], RestorableByUserIds: ['all'] });
  if (typeof open !== 'object') return undefined;
  const copy = `aws ec2 copy-snapshot --source-region ${region} --source-snapshot-id ${id} --region ${region}`;
  return [
    'it is public, and EBS direct reads no public snapshot',
    `copy it into your account and inspect the copy: ${copy}; the copy costs what snapshots cost`,
  ];
}

type Filter = { readonly SnapshotIds: string[]; readonly RestorableByUserIds?: string[] };

async function describe(clients: AwsClients, region: string, filter: Filter): Promise<Ec2Snapshot | 'missing' | undefined> {
  const { DescribeSnapshotsCommand } = await import('./sdk-ec2.ts');
  try {
    const { Snapshots: [found] = [] } = await (await clients.ec2(region)).send(new DescribeSnapshotsCommand(filter));
    return found;
  } catch (error) {
    return awsErrorName(error).startsWith('InvalidSnapshot') ? 'missing' : undefined;
  }
}
