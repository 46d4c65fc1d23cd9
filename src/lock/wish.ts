import type { ImageSpec, Source } from '../model/index.ts';
import type { LockEntry } from './lock.ts';

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
  }
}
