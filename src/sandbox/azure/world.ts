import type { VirtualClock } from '../clock.ts';
import type { Seed } from '../world/seed.ts';
import type { Operations } from './operations.ts';
import type { ResourceStore } from './store.ts';

/**
 * Which api-versions are answered: those that a route lists, or any that Azure could have published since Resource Manager exists (2014), by the
 * route whose newest listed version is nearest. SDKs bring a new date with every release, and most of them for an unchanged shape.
 */
export type Versions = 'strict' | 'nearest';

/** Everything that the handlers of the Azure side share. */
export interface World {
  readonly clock: VirtualClock;
  readonly resources: ResourceStore;
  readonly operations: Operations;
  /** As it is after the changes so far. */
  readonly seed: Seed;
  readonly changeSeed: (change: (seed: Seed) => Seed) => void;
  readonly versions: Versions;
  readonly tenant: string;
  readonly subscription: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Key that signs access tokens. */
  readonly signingKey: Buffer;
  /** The next GUID of a fixed row, so that two runs with the same writes make the same resources. */
  readonly nextGuid: () => string;
  /** The same for ids of requests: a row of its own, so that who only reads changes no name of what is made. */
  readonly nextRequestId: () => string;
  /** How many GUIDs of the row were taken. */
  readonly guidsTaken: () => number;
  /** Blobs that callers wrote, by `account/name`. */
  readonly blobs: Map<string, string>;
  /** Milliseconds of the machine's clock, for what the caller compares with its own: the life of tokens. */
  readonly machine: () => number;
}
