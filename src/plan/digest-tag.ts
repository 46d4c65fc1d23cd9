import type { Tags } from '../model/index.ts';

/** The tag of a gallery version that holds its plan's digest: what decides whether a rebuild is due. */
export const DIGEST_TAG = 'regild-digest';

/** The digest that a version was built from; undefined for versions that regild did not make. */
export function digestOf(tags: Tags): string | undefined {
  return tags[DIGEST_TAG];
}
