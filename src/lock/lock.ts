import * as z from 'zod';
import { Generation } from '../model/machine.ts';
import { record } from '../model/schema.ts';

/** What one image was resolved to, and what the manifest had asked for then. */
export const LockEntry = record({
  /** The wish in one line each: another wish makes the answer worthless. */
  asked: record({ source: z.string(), base: z.string() }),
  ami: record({
    id: z.string().regex(/^ami-[0-9a-f]+$/, 'it must be an AMI id'),
    name: z.string().optional(),
    region: z.string(),
    created: z.string().optional(),
  }),
  /** `urn` is publisher:offer:sku:version with an exact version. */
  base: record({
    urn: z.string().regex(/^[^:]+:[^:]+:[^:]+:\d[^:]*$/, 'it must be publisher:offer:sku:version with an exact version'),
    generation: Generation,
  }),
  /** The plan's digest: equal digest = the same image. */
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'it must be 64 hexadecimal digits'),
  /** When regild first found exactly this, as an ISO time. */
  verified: z.iso.datetime(),
});
export type LockEntry = z.infer<typeof LockEntry>;

/** A lock file: image name -> what it was resolved to. */
export const Lock = record({ version: z.literal(1), images: z.record(z.string(), LockEntry).readonly() });
export type Lock = z.infer<typeof Lock>;

/** The entry of an image; undefined when the lock has none. */
export function entryOf({ images }: Lock, image: string): LockEntry | undefined {
  return Object.hasOwn(images, image) ? images[image] : undefined;
}
