import type { VirtualClock } from '../clock.ts';
import type { Seed } from '../world/seed.ts';
import type { Operations } from './operations.ts';
import type { Versions } from './router.ts';
import type { ResourceStore } from './store.ts';

/** Everything that the handlers of the Azure side share. */
export interface World {
  readonly clock: VirtualClock;
  readonly resources: ResourceStore;
  readonly operations: Operations;
  readonly seed: Seed;
  readonly versions: Versions;
  readonly tenant: string;
  readonly subscription: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Key that signs access tokens. */
  readonly signingKey: Buffer;
  /** The next GUID of a fixed row, so that two runs with the same requests give the same answers. */
  readonly nextGuid: () => string;
  /** Milliseconds of the machine's clock, for what the caller compares with its own: the life of tokens. */
  readonly machine: () => number;
}
