import * as z from 'zod';
import { record } from './schema.ts';

const minutes = z.number().int();

/** How long what has no limit of its own may take, in minutes. The build's is `build.timeoutMinutes`, a request's 100 seconds. */
export const Timeouts = record({
  /** Each stage that only reads: analyze, match, plan, preflight, render. */
  read: minutes,
  /** All test VMs of the image; `replication` comes to it where other regions boot the version. */
  validate: minutes,
  /** Replication to all regions, and what makes the version `latest`. */
  publish: minutes,
  /** One operation in Azure: gallery, definition, network, VM, script, restart. */
  operation: minutes,
  /** One that writes a gallery version, which copies it to its regions. */
  replication: minutes,
});
export type Timeouts = z.infer<typeof Timeouts>;

/** Copies to many regions take hours, all else minutes; a script in a VM ends after 90 minutes by itself (learn.microsoft.com/azure/virtual-machines/run-command). */
export const DEFAULT_TIMEOUTS: Timeouts = { read: 60, validate: 360, publish: 1080, operation: 120, replication: 720 };
