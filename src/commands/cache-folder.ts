import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Clouds } from './clouds.ts';
import type { Io } from './command.ts';

export interface CacheWish {
  /** False after `--no-cache`. */
  readonly wanted: boolean;
  readonly clouds: Clouds['kind'];
  /** True when the cloud says of itself that it is simulated. */
  readonly simulated: boolean;
}

/**
 * The folder that keeps answers of the Marketplace between runs: `REGILD_CACHE`, else `regild` in the user's cache folder (XDG base directories);
 * undefined where nothing may be kept. The sandbox of this process never lives long enough; one of another process is kept only where the
 * folder is named, since it forgets everything when it is started again on the same port.
 */
export function cacheFolder({ wanted, clouds, simulated }: CacheWish, { environment, folder }: Pick<Io, 'environment' | 'folder'>) {
  if (!wanted || clouds === 'sandbox') return undefined;
  if (environment.REGILD_CACHE) return resolve(folder, environment.REGILD_CACHE);
  if (simulated) return undefined;
  const { XDG_CACHE_HOME: caches, HOME: home } = environment;
  return join(caches && isAbsolute(caches) ? caches : join(home || homedir(), '.cache'), 'regild');
}
