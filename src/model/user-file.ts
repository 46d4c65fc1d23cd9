import * as z from 'zod';
import { record } from './schema.ts';

/** A text file of a folder, by its path below it. */
export interface FolderFile {
  readonly path: string;
  readonly content: string;
}

/** A file of the user's: text as it is, anything else as base64 without line ends. */
export interface UserFile {
  readonly content: string;
  readonly encoding?: 'base64' | undefined;
}

/** A file of the user's that is read again when the plan is rendered: path below its folder, size and content as planned. */
export const PlannedFile = record({ path: z.string(), bytes: z.number().int(), sha256: z.string() });
export type PlannedFile = z.infer<typeof PlannedFile>;
