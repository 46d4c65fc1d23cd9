import type { ImageSpec } from '../model/index.ts';
import type { LockEntry } from './lock.ts';

/** The spec held to what the lock file has: this AMI and this version of this base; as it is where the lock has nothing. */
export function pinSpec(spec: ImageSpec, entry: LockEntry | undefined): ImageSpec {
  if (entry === undefined) return spec;
  return { ...spec, source: { kind: 'ami', id: entry.ami.id, region: entry.ami.region }, base: entry.base.urn };
}
