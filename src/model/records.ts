import * as z from 'zod';
import { list, record } from './schema.ts';

/** Who signs the provenance of versions: a private key in a file (PEM: Ed25519 or ECDSA), or a program that is handed what to sign. */
export const Signing = z.discriminatedUnion('kind', [
  record({ kind: z.literal('key'), path: z.string() }),
  record({ kind: z.literal('command'), words: list(z.string()) }),
]);
export type Signing = z.infer<typeof Signing>;

/** Where the records of versions are kept beside the run folder, and who signs them. */
export const RecordsPolicy = record({
  /** Address of a container of Azure Blob Storage; absent = the run folder alone. */
  container: z.string().optional(),
  sign: Signing.optional(),
});
export type RecordsPolicy = z.infer<typeof RecordsPolicy>;

/** The folder below an image's run folder that holds the record of its version. */
export const RECORD_FOLDER = 'record';

/** The files of a record. `provenance.dsse.json` holds the bytes of `provenance.json` with their signature. */
export const RECORD_FILES = {
  report: 'report.json',
  provenance: 'provenance.json',
  envelope: 'provenance.dsse.json',
  inventory: 'inventory.json',
  sbom: 'sbom.cdx.json',
} as const;
export type RecordPart = keyof typeof RECORD_FILES;

/** Where the record of a version lies in a container: versions of one name exist in many galleries. */
export function recordPath(
  { gallery, definition, version }: { readonly gallery: string; readonly definition: string; readonly version: string },
  part: RecordPart,
): string {
  return `${gallery}/${definition}/${version}/${RECORD_FILES[part]}`;
}
