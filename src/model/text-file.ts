import * as z from 'zod';
import { record } from './schema.ts';
import { sha256 } from './sha256.ts';

/** A text that is handed on as a file; the path is relative to where it goes. */
export const TextFile = record({ path: z.string(), content: z.string() });
export type TextFile = z.infer<typeof TextFile>;

/** The same by name: how long it is in UTF-8, and the SHA-256 (hexadecimal) of it. */
export const FileReference = record({ path: z.string(), bytes: z.number().int(), sha256: z.string() });
export type FileReference = z.infer<typeof FileReference>;

export function referenceTo({ path, content }: TextFile): FileReference {
  return { path, bytes: Buffer.byteLength(content), sha256: sha256(content) };
}
