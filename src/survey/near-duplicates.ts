import { DuplicateReason, type NearDuplicate, rootSnapshot } from '../model/index.ts';
import { connected } from './connected.ts';
import type { Outline } from './judged.ts';
import { nameStem, nameWords } from './name-stem.ts';

/** AMIs that share a key, and why that makes them near-duplicates. */
interface Shared {
  readonly reason: DuplicateReason;
  /** Places in the survey. */
  readonly members: readonly number[];
}

/**
 * The group of near-duplicates of each AMI, in the order given; undefined for one that stands alone. AMIs are near-duplicates when their names differ in
 * a date or serial only (same owner and system), when they have the same root snapshot, or when they come from one source AMI under the same words.
 */
export function nearDuplicates(judged: readonly Outline[]): readonly (NearDuplicate | undefined)[] {
  const shared = DuplicateReason.options.flatMap((reason) => sharedKeys(judged, reason));
  const reasons = reasonsByMember(shared);
  const groups = connected(shared.map(({ members }) => members));
  const found = new Map(groups.flatMap((members, index) => describe(judged, members, reasons, index + 1)));
  return judged.map((_, index) => found.get(index));
}

/** Keys that several distinct AMIs have: the same record listed twice is no duplicate of itself. */
function sharedKeys(judged: readonly Outline[], reason: DuplicateReason): readonly Shared[] {
  const keyed = judged.flatMap((item, index) => keysOf(item, reason).map((key) => ({ key, index })));
  const groups = [...Map.groupBy(keyed, ({ key }) => key).values()].map((members) => members.map(({ index }) => index));
  return groups.filter((members) => countDistinct(judged, members) > 1).map((members) => ({ reason, members }));
}

function keysOf({ ami, analysis }: Outline, reason: DuplicateReason): readonly string[] {
  const { distro, version, architecture, variant } = analysis;
  const system = [distro.value, version.value, architecture.value, variant.value];
  const name = ami.name ?? '';
  switch (reason) {
    case 'name-series':
      return keyOf(nameStem(name), ami.ownerId, ...system);
    case 'snapshot':
      return keyOf(rootSnapshot(ami));
    case 'ancestry':
      return [ami.id, ami.sourceImageId].flatMap((origin) => (origin ? keyOf(nameWords(name), origin, ...system) : []));
  }
}

/** One key, or none where its first part is missing. */
function keyOf(...parts: readonly (string | undefined)[]): readonly string[] {
  return parts[0] === undefined ? [] : [JSON.stringify(parts)];
}

function reasonsByMember(shared: readonly Shared[]): ReadonlyMap<number, readonly DuplicateReason[]> {
  const pairs = shared.flatMap(({ reason, members }) => members.map((member) => ({ member, reason })));
  return new Map([...Map.groupBy(pairs, ({ member }) => member)].map(([member, found]) => [member, found.map(({ reason }) => reason)]));
}

function describe(
  judged: readonly Outline[],
  members: readonly number[],
  reasons: ReadonlyMap<number, readonly DuplicateReason[]>,
  group: number,
): readonly (readonly [number, NearDuplicate])[] {
  const newest = newestOf(judged, members);
  const newestId = judged[newest]?.ami.id ?? '';
  const because = [...new Set(members.flatMap((member) => reasons.get(member) ?? []))].sort();
  const common = { group, size: countDistinct(judged, members), newestId, reasons: because };
  return members.map((member) => [member, { ...common, newest: identity(judged, member) === identity(judged, newest) }]);
}

/** By creation date (ISO dates sort as text); where none tells, the later one in the list. */
function newestOf(judged: readonly Outline[], members: readonly number[]): number {
  const created = (member: number) => judged[member]?.ami.created ?? '';
  return members.reduce((newest, member) => (created(member) >= created(newest) ? member : newest));
}

function countDistinct(judged: readonly Outline[], members: readonly number[]): number {
  return new Set(members.map((member) => identity(judged, member))).size;
}

/** A record without an id is itself only. */
function identity(judged: readonly Outline[], member: number): string {
  return judged[member]?.ami.id || `#${member}`;
}
