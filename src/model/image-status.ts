import * as z from 'zod';
import { Drifts } from './drift.ts';
import { Issue } from './issue.ts';
import { GalleryStorage, Tags } from './machine.ts';
import { artifact, list, record } from './schema.ts';

/** A region of a version. */
export const StatusRegion = record({
  name: z.string(),
  replicas: z.number().int(),
  storage: GalleryStorage,
  /** Whether `latest` stands for this version there. */
  latest: z.boolean(),
});
export type StatusRegion = z.infer<typeof StatusRegion>;

/** A gallery version as it stands. */
export const StatusVersion = record({
  version: z.string(),
  id: z.string(),
  /** `released`: published, `latest` where no newer one is. `staged`: never published. `foreign`: regild did not make it. */
  state: z.enum(['released', 'staged', 'rolled-back', 'revoked', 'withdrawn', 'foreign', 'failed', 'busy']),
  /** ISO 8601. */
  published: z.string().optional(),
  ami: z.string().optional(),
  base: z.string().optional(),
  run: z.string().optional(),
  /** Why it was revoked or rolled back. */
  reason: z.string().optional(),
  endOfLife: z.string().optional(),
  regions: list(StatusRegion),
  tags: Tags,
  /** VMs and scale sets that run it; absent where Azure may not be asked. */
  users: z.number().int().optional(),
});
export type StatusVersion = z.infer<typeof StatusVersion>;

/** A published image as it stands, and what of it is not as it is wished. */
export const ImageStatus = artifact('ImageStatus', {
  image: z.string(),
  subscription: z.string(),
  resourceGroup: z.string(),
  gallery: z.string(),
  definition: z.string(),
  /** When it was looked at (ISO 8601). */
  at: z.iso.datetime(),
  /** The newest version that is `latest` somewhere. */
  latest: z.string().optional(),
  /** Newest first. */
  versions: list(StatusVersion),
  /** Who runs which version; absent where Azure may not be asked. */
  users: list(
    record({
      kind: z.enum(['virtual-machine', 'scale-set']),
      id: z.string(),
      name: z.string(),
      location: z.string(),
      version: z.string().optional(),
    }),
  ).optional(),
  drifts: Drifts,
  /** The blackout that holds, or the next one. */
  blackout: record({ text: z.string(), from: z.iso.datetime().optional(), until: z.iso.datetime().optional() }).optional(),
  /** Ends of the operating system's support, as the catalog has them (dates). */
  support: record({ system: z.string(), standard: z.string().optional(), extended: z.string().optional() }).optional(),
  /** What could not be found out. */
  issues: list(Issue),
});
export type ImageStatus = z.infer<typeof ImageStatus>;

/** The images of a manifest as they stand. */
export const FleetStatus = artifact('FleetStatus', { at: z.iso.datetime(), images: list(ImageStatus) });
export type FleetStatus = z.infer<typeof FleetStatus>;
