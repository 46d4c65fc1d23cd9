import { createHash, randomBytes } from 'node:crypto';
import type { VirtualClock } from '../clock.ts';
import type { Cloud, HttpRequest, HttpResponse } from '../http.ts';
import { blockTokens } from './block-tokens.ts';
import { AwsError } from './error.ts';
import { credentialScope } from './signature.ts';
import { BLOCK_SIZE, findSnapshot, type SandboxSnapshot, type SnapshotSeed } from './snapshots.ts';
import type { AwsWorld } from './world.ts';

/** Paths of ListSnapshotBlocks and GetSnapshotBlock (EBS direct API model, 2019-11-02). */
const PATH = /^\/snapshots\/([^/]+)\/blocks(?:\/([^/]+))?$/;
/** The least and the most blocks of a page; less than the least is raised to it (EBS direct, frequently asked questions). */
const PAGE = { least: 100, most: 10_000 } as const;

/** An error of EBS direct carries its reason beside its code. */
class EbsError extends AwsError {
  readonly reason: string;

  constructor(code: string, reason: string, message: string, status = 400) {
    super(code, message, status);
    this.reason = reason;
  }
}

/** What the sandbox answers with, and for whom. */
export interface EbsWorld {
  readonly world: AwsWorld;
  readonly clock: VirtualClock;
  readonly nextGuid: () => string;
  readonly snapshots: ReadonlyMap<string, SnapshotSeed>;
}

/** Amazon EBS direct: reading of snapshots, with tokens that are checked and expire, and checksums. */
export function ebsCloud(context: EbsWorld): Cloud {
  const tokens = blockTokens(randomBytes(32), () => context.clock.now());
  return {
    accepts: ({ method, path }) => method === 'GET' && PATH.test(path),
    handle(request) {
      try {
        return answer(request, context, tokens);
      } catch (error) {
        if (error instanceof AwsError) return refuse(error, context.nextGuid());
        throw error;
      }
    },
    error: (status, code, message) => refuse(new AwsError(code, message, status), context.nextGuid()),
  };
}

function answer(request: HttpRequest, context: EbsWorld, tokens: ReturnType<typeof blockTokens>): HttpResponse {
  const { world, nextGuid } = context;
  const { region } = credentialScope(
    request.headers.authorization,
    world.regions.map(({ name }) => name),
    'ebs',
  );
  const [, id = '', index] = PATH.exec(request.path) ?? [];
  const snapshot = readable(context, region, decodeURIComponent(id));
  return index === undefined ? listBlocks(request, snapshot, tokens, nextGuid()) : getBlock(request, snapshot, index, tokens, nextGuid());
}

/** A snapshot that may be read: completed, not archived, not public, of the account or shared with it. */
function readable({ world, snapshots }: EbsWorld, region: string, id: string): SandboxSnapshot {
  if (!/^snap-[0-9a-f]{8,17}$/.test(id))
    throw new EbsError('ValidationException', 'INVALID_SNAPSHOT_ID', `The snapshot ID '${id}' is not valid.`);
  const snapshot = findSnapshot(world, region, id, snapshots);
  // A public snapshot is refused (frequently asked questions); the model has no other error for one that is not the account's.
  if (snapshot?.isPublic)
    throw new EbsError('AccessDeniedException', 'UNAUTHORIZED_ACCOUNT', `Public snapshots are not supported: '${id}'.`, 403);
  if (snapshot?.state !== 'completed' || snapshot.tier === 'archive') {
    throw new EbsError('ResourceNotFoundException', 'SNAPSHOT_NOT_FOUND', `The snapshot '${id}' does not exist.`, 404);
  }
  if (snapshot.owner !== world.account) {
    throw new EbsError('AccessDeniedException', 'UNAUTHORIZED_ACCOUNT', `The account has no access to the snapshot '${id}'.`, 403);
  }
  return snapshot;
}

type Tokens = ReturnType<typeof blockTokens>;

function listBlocks({ query }: HttpRequest, snapshot: SandboxSnapshot, tokens: Tokens, requestId: string): HttpResponse {
  const { id, disk, volumeGib } = snapshot;
  const from = startOf(query, id, tokens);
  const size = Math.max(PAGE.least, number(query, 'maxResults', PAGE.most, 1, PAGE.most));
  const left = (disk?.written ?? []).filter((index) => index >= from);
  const page = left.slice(0, size);
  const next = left[size];
  return json(200, requestId, {
    Blocks: page.map((index) => ({ BlockIndex: index, BlockToken: tokens.issue('block', id, index) })),
    BlockSize: BLOCK_SIZE,
    ExpiryTime: tokens.expiry('block').getTime() / 1000,
    NextToken: next === undefined ? undefined : tokens.issue('page', id, next),
    VolumeSize: volumeGib,
  });
}

/** With a page token the starting index is ignored (frequently asked questions). */
function startOf(query: URLSearchParams, id: string, tokens: Tokens): number {
  const token = query.get('pageToken');
  if (token === null) return number(query, 'startingBlockIndex', 0, 0, Number.MAX_SAFE_INTEGER);
  const from = tokens.check('page', id, token);
  if (from === undefined) throw new EbsError('ValidationException', 'INVALID_PAGE_TOKEN', 'The page token is not valid.');
  return from;
}

function getBlock({ query }: HttpRequest, { id, disk }: SandboxSnapshot, index: string, tokens: Tokens, requestId: string): HttpResponse {
  const wanted = Number(index);
  if (!Number.isInteger(wanted))
    throw new EbsError('ValidationException', 'INVALID_PARAMETER_VALUE', `The block index '${index}' is not valid.`);
  if (tokens.check('block', id, query.get('blockToken') ?? '') !== wanted) {
    throw new EbsError('ValidationException', 'INVALID_BLOCK_TOKEN', 'The block token is not valid.');
  }
  if (!disk?.written.includes(wanted)) throw new EbsError('ValidationException', 'INVALID_BLOCK', `There is no block ${index}.`);
  const bytes = disk.block(wanted);
  return {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'x-amzn-requestid': requestId,
      'x-amz-data-length': String(bytes.length),
      'x-amz-checksum': createHash('sha256').update(bytes).digest('base64'),
      'x-amz-checksum-algorithm': 'SHA256',
    },
    body: bytes,
  };
}

function number(query: URLSearchParams, name: string, otherwise: number, least: number, most: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new EbsError('ValidationException', 'INVALID_PARAMETER_VALUE', `The value '${text}' of ${name} is not valid.`);
}

function refuse(error: AwsError, requestId: string): HttpResponse {
  const reason = error instanceof EbsError ? { Reason: error.reason } : {};
  const response = json(error.status, requestId, { Message: error.message, ...reason });
  return { ...response, headers: { ...response.headers, 'x-amzn-errortype': error.code } };
}

function json(status: number, requestId: string, body: NonNullable<HttpResponse['body']>): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId }, body };
}
