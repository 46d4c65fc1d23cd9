import { RegildError } from '../errors.ts';
import { type Ami, compareText, type Inventory, type Issue, rootSnapshot } from '../model/index.ts';
import type { Contents } from '../ports.ts';

/** What is on an AMI's disk, or why that is not known. */
export type ReadContent = { readonly kind: 'read'; readonly inventory: Inventory } | { readonly kind: 'unread'; readonly reason: string };

/** What was read of the disks of AMIs; undefined for one that was not asked for. */
export interface ReadContents {
  readonly contentOf: (ami: Ami) => ReadContent | undefined;
  readonly issues: readonly Issue[];
}

/** Nothing was looked into. */
export const NOT_INSPECTED: ReadContents = { contentOf: () => undefined, issues: [] };

/**
 * Reads the root disks of at most `max` AMIs, one after the other and the newest first; those that share a snapshot share its reading. What AWS does not
 * allow is told with the AMI; DISKS_LEFT says how many were not asked for.
 */
export async function readContents(amis: readonly Ami[], max: number, contents: Contents): Promise<ReadContents> {
  const newestFirst = amis.toSorted((one, other) => compareText(other.created ?? '', one.created ?? ''));
  const bySnapshot = new Map<string, ReadContent>();
  for (const ami of newestFirst) {
    const snapshot = rootSnapshot(ami);
    if (snapshot === undefined || bySnapshot.has(keyOf(ami, snapshot)) || bySnapshot.size >= max) continue;
    bySnapshot.set(keyOf(ami, snapshot), await readContent(ami, snapshot, contents));
  }
  const contentOf = (ami: Ami): ReadContent | undefined => {
    const snapshot = rootSnapshot(ami);
    return snapshot === undefined ? NO_SNAPSHOT : bySnapshot.get(keyOf(ami, snapshot));
  };
  const left = amis.filter((ami) => contentOf(ami) === undefined).length;
  return { contentOf, issues: left === 0 ? [] : [disksLeft(left, max)] };
}

const NO_SNAPSHOT: ReadContent = { kind: 'unread', reason: 'EC2 tells no snapshot of its root volume' };

function keyOf({ region }: Ami, snapshot: string): string {
  return `${region}/${snapshot}`;
}

async function readContent({ id, region }: Ami, snapshot: string, contents: Contents): Promise<ReadContent> {
  try {
    return { kind: 'read', inventory: await contents.take({ kind: 'snapshot', ami: id, id: snapshot, region }) };
  } catch (error) {
    if (!(error instanceof RegildError) || error.code === 'CANCELLED' || error.source === 'toolkit') throw error;
    return { kind: 'unread', reason: error.message };
  }
}

function disksLeft(left: number, max: number): Issue {
  return {
    severity: 'info',
    code: 'DISKS_LEFT',
    message: `the disks of some AMIs were not read (${left}): --max is ${max}, and the newest come first`,
    hint: 'each disk takes some 100 calls of EBS direct; raise --max for more of them',
  };
}
