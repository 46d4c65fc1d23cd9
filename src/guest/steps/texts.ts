import * as z from 'zod';
import { sha256 } from '../../model/sha256.ts';
import type { FolderFile, PlannedFile } from '../../model/user-file.ts';

/** A path in images.yaml, relative to that file. */
export function path(description: string) {
  return z.string().min(1, 'name a file relative to the manifest').describe(description);
}

/** The files of a folder as a plan keeps them: how long each is (bytes), and the hash of its text. */
export function plannedFiles(files: readonly FolderFile[]): readonly PlannedFile[] {
  return files.map(({ path: own, content }) => ({ path: own, bytes: Buffer.byteLength(content), sha256: sha256(content) }));
}
