import { RegildError } from '../errors.ts';
import { type Ami, type ImageSpec, type Inventory, type Issue, rootSnapshot, type Source, sha256 } from '../model/index.ts';
import type { Contents } from '../ports.ts';

/** What is on an AMI's disk, or why that is not known. */
export interface Content {
  readonly inventory?: Inventory;
  /** DISK_NOT_READ: an error where the manifest requires it. */
  readonly issues: readonly Issue[];
}

type FileSource = Extract<Source, { readonly path: string }>;

/** Reads the AMI's root disk from its snapshot, as far as the manifest wants it and AWS allows it. Only a cancellation, or a bug of ours, ends the walk. */
export async function contentOfAmi({ inspect }: Pick<ImageSpec, 'inspect'>, ami: Ami, contents: Contents): Promise<Content> {
  if (inspect === 'never') return { issues: [] };
  const snapshot = rootSnapshot(ami);
  if (snapshot === undefined) return { issues: [unread(inspect, ami, 'EC2 tells no snapshot of its root volume', NO_SNAPSHOT)] };
  try {
    return { inventory: await contents.take({ kind: 'snapshot', ami: ami.id, id: snapshot, region: ami.region }), issues: [] };
  } catch (error) {
    if (!(error instanceof RegildError) || error.code === 'CANCELLED' || error.source === 'toolkit') throw error;
    return { issues: [unread(inspect, ami, error.message, error.hint)] };
  }
}

const NO_SNAPSHOT = 'inspect a running instance instead, and name what it printed as `source: { inventory: … }`';

function unread(inspect: ImageSpec['inspect'], { id }: Ami, reason: string, hint: string | undefined): Issue {
  const otherwise = inspect === 'require' ? '`inspect: auto` goes on without it' : '`inspect: never` does not ask for it';
  return {
    severity: inspect === 'require' ? 'error' : 'info',
    code: 'DISK_NOT_READ',
    message: `what is on the disk of AMI ${id} is not known: ${reason}`,
    hint: [hint, otherwise].filter((part) => part !== undefined).join('; '),
  };
}

/** What stands in a file, and the record of an AMI as far as the file tells one. Its id changes with what is in it, so that a changed file makes a rebuild due. */
export async function contentOfFile(source: FileSource, contents: Contents): Promise<{ readonly ami: Ami; readonly inventory: Inventory }> {
  const inventory = await contents.take(source);
  const { source: _, ...held } = inventory;
  const id = `${source.kind}:${source.path}@${sha256(JSON.stringify(held)).slice(0, 12)}`;
  return { ami: { id, region: 'local', productCodes: [], disks: [], tags: {} }, inventory };
}
