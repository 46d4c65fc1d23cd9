import { memoise } from '../adapters/memoise.ts';
import { RegildError } from '../errors.ts';
import { type Ami, type ErrorCode, type ImageSpec, type Inventory, isInAws, rootSnapshot, snapshotName } from '../model/index.ts';
import type { ContentPlace, Contents } from '../ports.ts';
import { type Resolved, sourceKey } from './resolve.ts';

/**
 * A disk that several images come from is read once. What is on it is remembered until the last of them has asked, and no longer: the disks of a large
 * fleet do not fit in memory together. A refusal that lasts is an answer as well.
 */
export function readingOnce(specs: readonly ImageSpec[], resolved: () => Promise<Resolved>, contents: Contents): Contents {
  const counted = memoise(async () => imagesOn(specs, await resolved()));
  const answers = new Map<string, Promise<Inventory>>();
  return {
    async take(place) {
      const left = await counted();
      const key = placeKey(place);
      const others = (left.get(key) ?? 1) - 1;
      left.set(key, others);
      const answer = answers.get(key) ?? contents.take(place);
      if (others > 0) answers.set(key, answer);
      else answers.delete(key);
      try {
        return named(await answer, place);
      } catch (error) {
        if (!lasts(error)) answers.delete(key);
        throw error;
      }
    },
  };
}

/** How many images come from each disk and will have it read, or ask what runs of their AMI where they cannot. */
function imagesOn(specs: readonly ImageSpec[], { bySource }: Resolved): Map<string, number> {
  const keys = specs
    .filter(({ inspect }) => inspect !== 'never')
    .flatMap(({ source }) => placesOf(source, bySource.get(sourceKey(source))));
  return new Map([...Map.groupBy(keys, (key) => key)].map(([key, { length }]) => [key, length]));
}

function placesOf(source: ImageSpec['source'], ami: Ami | undefined): readonly string[] {
  if (!isInAws(source)) return [placeKey(source)];
  if (ami === undefined) return [];
  const { id, region } = ami;
  const snapshot = rootSnapshot(ami);
  const disk = snapshot === undefined ? [] : [placeKey({ kind: 'snapshot', ami: id, id: snapshot, region })];
  return [...disk, placeKey({ kind: 'ami', id, region })];
}

/** AMIs that were registered from one snapshot have the same disk. */
function placeKey(place: ContentPlace): string {
  return 'id' in place ? `${place.kind} ${place.region}/${place.id}` : `${place.kind} ${place.path}`;
}

function named(inventory: Inventory, place: ContentPlace): Inventory {
  return place.kind === 'snapshot' ? { ...inventory, source: { ...inventory.source, name: snapshotName(place) } } : inventory;
}

const LASTING: ReadonlySet<ErrorCode> = new Set([
  'SNAPSHOT_UNREADABLE',
  'CLOUD_DENIED',
  'FILE_INVALID',
  'FILE_NOT_FOUND',
  'INSTANCE_UNTOLD',
]);

function lasts(error: unknown): boolean {
  return error instanceof RegildError && LASTING.has(error.code);
}
