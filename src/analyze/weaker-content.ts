import { RegildError } from '../errors.ts';
import { type Ami, type Inventory, type Issue, rootSnapshot } from '../model/index.ts';
import type { ContentPlace, Contents } from '../ports.ts';

/** What is known of an AMI's content where its own disk was not read. */
export interface WeakerContent {
  /** Of another machine or AMI: good for what the system is, and for nothing that is planned by. */
  readonly weaker?: Inventory;
  /** WEAKER_SOURCE where there is one. */
  readonly issues: readonly Issue[];
}

/** Nothing is known besides the AMI's record. */
export const NOTHING_WEAKER: WeakerContent = { issues: [] };

/**
 * Asks what may tell instead of the AMI's own disk, nearest first: an instance that was made from it, as Systems Manager knows it, then the disks of the
 * AMIs that it was made from. AMIs that everybody may use are not asked for: their snapshots cannot be read, and what runs of them is somebody's own.
 */
export async function weakerContent(ami: Ami, ancestry: readonly Ami[], contents: Contents): Promise<WeakerContent> {
  if (ami.public === true) return NOTHING_WEAKER;
  for (const { place, what } of placesOf(ami, ancestry)) {
    const weaker = await taken(place, contents);
    if (weaker !== undefined) return { weaker, issues: [told(ami, what, weaker)] };
  }
  return NOTHING_WEAKER;
}

interface Place {
  readonly place: ContentPlace;
  readonly what: string;
}

function placesOf(ami: Ami, ancestry: readonly Ami[]): readonly Place[] {
  return [{ place: { kind: 'ami', id: ami.id, region: ami.region }, what: 'an instance that was made from it' }, ...disksOf(ancestry)];
}

/** The disks that an account can own: those of AMIs that everybody may use are their publisher's. */
function disksOf(ancestry: readonly Ami[]): readonly Place[] {
  return ancestry.flatMap(({ id, region, disks, public: isPublic }): readonly Place[] => {
    const snapshot = rootSnapshot({ disks });
    const place = { kind: 'snapshot', ami: id, id: snapshot ?? '', region } as const;
    return snapshot === undefined || isPublic === true ? [] : [{ place, what: `the disk of ${id}, which it was made from` }];
  });
}

/**
 * What lies on the disk of the nearest AMI that this one was made from and that may be read: what it has as well, nobody added to this one. Undefined where
 * there is none, such as for an AMI that was made from its publisher's.
 */
export async function ancestorContent(ancestry: readonly Ami[], contents: Contents): Promise<Inventory | undefined> {
  for (const { place } of disksOf(ancestry)) {
    const found = await taken(place, contents);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What cannot be had is no loss here; only a cancellation, or a bug of ours, ends the walk. */
async function taken(place: ContentPlace, contents: Contents): Promise<Inventory | undefined> {
  try {
    return await contents.take(place);
  } catch (error) {
    if (!(error instanceof RegildError) || error.code === 'CANCELLED' || error.source === 'toolkit') throw error;
    return undefined;
  }
}

function told({ id }: Ami, what: string, { source }: Inventory): Issue {
  return {
    severity: 'info',
    code: 'WEAKER_SOURCE',
    message: `what is in AMI ${id} is told by ${what}: ${source.name}`,
    hint: 'it says what the system is and no more: nothing of it is carried over, and AWS parts are removed where they are found',
  };
}
