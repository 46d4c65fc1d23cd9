import { askTwice } from '../connection/ask-twice.ts';
import type { AzureConnection } from '../connection/index.ts';
import { type AzureAttempt, asAzure } from '../errors/index.ts';

/** States in which Azure is at work on a gallery or what is in one, and refuses that it is changed (GalleryProvisioningState of GalleryRP). */
const BUSY: readonly (string | undefined)[] = ['Creating', 'Updating', 'Deleting', 'Migrating'];

interface Settling<Resource> {
  /** For example `the change of the gallery gal`. */
  readonly what: string;
  readonly reading: AzureAttempt;
  readonly look: () => Promise<Resource | undefined>;
  /** Writes it once more, as it is. */
  readonly again: (found: Resource) => Promise<void>;
}

/**
 * A gallery, or a definition in it, as it is once nothing works on it any more; undefined where there is none then. One that Azure left failed is written
 * again as it is, which is how ARM mends one: what is in it would be refused or lost. Throws TIMED_OUT, and what the write throws.
 */
export async function settle<Resource extends { readonly provisioningState?: string }>(
  connection: AzureConnection,
  { what, reading, look, again }: Settling<Resource>,
): Promise<Resource | undefined> {
  const { clock, signal, pollMilliseconds, requireInTime } = connection;
  const started = clock.now().getTime();
  for (;;) {
    const found = await askTwice(connection, signal, look);
    if (found === undefined || !BUSY.includes(found.provisioningState)) {
      if (found?.provisioningState === 'Failed') await again(found);
      return found;
    }
    requireInTime(clock.now().getTime() - started, what, 'operation');
    await asAzure(reading, () => clock.sleep(pollMilliseconds, signal));
  }
}
