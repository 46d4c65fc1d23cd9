import { createHash } from 'node:crypto';
import type { EBSClient, GetSnapshotBlockCommandOutput, ListSnapshotBlocksCommandOutput } from '@aws-sdk/client-ebs';
import { RegildError } from '../../errors.ts';
import type { Snapshot, SnapshotPage, Snapshots } from '../../ports.ts';
import { type AwsClients, type AwsOptions, awsClients } from './clients.ts';
import { fromAws } from './errors.ts';
import { explainSnapshot } from './explain-snapshot.ts';

/** The most that ListSnapshotBlocks gives at once (EBS direct API reference). */
const PAGE = 10_000;
const GIB = 2 ** 30;
/** A block that arrived damaged is asked for again; the SDK repeats only what failed. */
const ATTEMPTS = 3;

/** Reads snapshots through EBS direct. Nothing is started and nothing is changed. */
export function createSnapshots(options: AwsOptions = {}): Snapshots {
  const clients = awsClients(options);
  return {
    open(id, region) {
      const snapshot = { clients, id, region };
      return {
        list: (from) => list(snapshot, from),
        block: (index, token) => block(snapshot, index, token),
      } satisfies Snapshot;
    },
  };
}

interface Opened {
  readonly clients: AwsClients;
  readonly id: string;
  readonly region: string;
}

async function list(snapshot: Opened, from: number): Promise<SnapshotPage> {
  const { ListSnapshotBlocksCommand } = await import('./sdk-ebs.ts');
  return asked(snapshot, 'ebs:ListSnapshotBlocks', async (client) => {
    let page: ListSnapshotBlocksCommandOutput;
    let next: string | undefined;
    // A page may be empty and not the last (EBS direct API, frequently asked questions).
    do {
      const place = next === undefined ? { StartingBlockIndex: from } : { NextToken: next };
      page = await client.send(new ListSnapshotBlocksCommand({ SnapshotId: snapshot.id, MaxResults: PAGE, ...place }));
      next = page.NextToken;
    } while (next !== undefined && page.Blocks?.length === 0);
    return toPage(page, snapshot);
  });
}

function toPage({ Blocks = [], VolumeSize, BlockSize, NextToken }: ListSnapshotBlocksCommandOutput, { id }: Opened): SnapshotPage {
  if (VolumeSize === undefined || BlockSize === undefined) {
    throw new RegildError('CLOUD_FAILED', `EBS direct did not say how large the snapshot ${id} is`);
  }
  const blocks = Blocks.flatMap(({ BlockIndex: index, BlockToken: token }) =>
    index === undefined || token === undefined ? [] : [{ index, token }],
  );
  return { volumeSize: VolumeSize * GIB, blockSize: BlockSize, blocks, isLast: NextToken === undefined };
}

async function block(snapshot: Opened, index: number, token: string): Promise<Uint8Array> {
  const { GetSnapshotBlockCommand } = await import('./sdk-ebs.ts');
  return asked(snapshot, 'ebs:GetSnapshotBlock', async (client) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const answer = await client.send(new GetSnapshotBlockCommand({ SnapshotId: snapshot.id, BlockIndex: index, BlockToken: token }));
      const bytes = await answer.BlockData?.transformToByteArray();
      if (bytes && isWhole(bytes, answer)) return bytes;
    }
    throw new RegildError('CLOUD_FAILED', `block ${index} of the snapshot ${snapshot.id} arrived damaged ${ATTEMPTS} times`, {
      hint: 'check the network and what inspects its traffic, then run the same command again',
    });
  });
}

/** Without a checksum it is somebody else's answer: EBS direct gives one with each block (API_GetSnapshotBlock, response headers). */
function isWhole(bytes: Uint8Array, { DataLength, Checksum, ChecksumAlgorithm }: GetSnapshotBlockCommandOutput): boolean {
  if (DataLength !== undefined && DataLength !== bytes.length) return false;
  return ChecksumAlgorithm === 'SHA256' && createHash('sha256').update(bytes).digest('base64') === Checksum;
}

/** Asks EBS direct; a refusal is explained by what EC2 says of the snapshot, since EBS direct says little. */
async function asked<Value>(snapshot: Opened, action: string, ask: (client: EBSClient) => Promise<Value>): Promise<Value> {
  const { clients, id, region } = snapshot;
  try {
    return await ask(await clients.ebs(region));
  } catch (error) {
    const failure = fromAws(error, { doing: `read the snapshot ${id}`, action, region });
    throw (await explainSnapshot(snapshot, error)) ?? failure;
  }
}
