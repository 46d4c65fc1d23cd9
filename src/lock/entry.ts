import { formatUrn, type ImageReport, type ImageSpec, isInAws, type Source } from '../model/index.ts';
import { compareEntries } from './compare.ts';
import { entryOf, type Lock, type LockEntry } from './lock.ts';

/** What an image's walk resolved, for the lock file; undefined when it did not come as far as a plan. `now` becomes its time. */
export function resolvedEntry(spec: ImageSpec, { analysis, match, plan }: ImageReport, now: Date): LockEntry | undefined {
  if (analysis === undefined || match?.chosen === undefined || plan === undefined) return undefined;
  const { id, name, region, created } = analysis.ami;
  return {
    asked: wishOf(spec),
    ami: { id, name, region, created },
    base: { urn: formatUrn(match.chosen.urn), generation: match.chosen.generation },
    digest: plan.digest,
    verified: now.toISOString(),
  };
}

/** What a spec asks for, in the words of the lock file: the source and the base, each as one line. */
export function wishOf({ source, base }: Pick<ImageSpec, 'source' | 'base'>): LockEntry['asked'] {
  return { source: sourceText(source), base };
}

function sourceText(source: Source): string {
  switch (source.kind) {
    case 'ami':
      return `${source.id} in ${source.region}`;
    case 'search':
      return `newest ${[source.name, source.architecture].filter(Boolean).join(' ')} of ${source.owner} in ${source.region}`;
    case 'ssm':
      return `${source.parameter} in ${source.region}`;
    case 'disk':
    case 'inventory':
      return `${source.kind} ${source.path}`;
  }
}

/** The spec held to what the lock file has: this AMI and this version of this base; as it is where the lock has nothing. A file is what it is. */
export function pinSpec(spec: ImageSpec, entry: LockEntry | undefined): ImageSpec {
  if (entry === undefined) return spec;
  const source = isInAws(spec.source) ? ({ kind: 'ami', id: entry.ami.id, region: entry.ami.region } as const) : spec.source;
  return { ...spec, source, base: entry.base.urn };
}

/** A lock file without entries. */
export const EMPTY_LOCK: Lock = { version: 1, images: {} };

/**
 * The lock with these entries taken over and those of images that the manifest does not have left out. An entry that says nothing different stays as
 * it is, with its time, so that a second update changes no byte.
 */
export function updateLock(lock: Lock, resolved: Readonly<Record<string, LockEntry>>, known: readonly string[]): Lock {
  const kept = Object.entries(lock.images).filter(([image]) => known.includes(image));
  const taken = Object.entries(resolved).map(([image, entry]) => [image, sameOr(entryOf(lock, image), entry)] as const);
  return { version: 1, images: Object.fromEntries([...kept, ...taken]) };
}

function sameOr(old: LockEntry | undefined, entry: LockEntry): LockEntry {
  return old !== undefined && compareEntries(old, entry).length === 0 ? old : entry;
}
