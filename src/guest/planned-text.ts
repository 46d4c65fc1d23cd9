import { RegildError } from '../errors.ts';
import { sha256 } from '../model/sha256.ts';

/** A file that the plan names by its path, with the hash (hexadecimal) of the content that was planned. */
export interface PlannedText {
  readonly path: string;
  readonly sha256: string;
}

/** The text as it was found, if it is the planned one; `hash` is its own, where that is known. Throws FILE_NOT_FOUND when it is gone, ARTIFACT_INVALID when it is another one. */
export function plannedText({ path, sha256: planned }: PlannedText, text: string | undefined, hash?: string): string {
  if (text === undefined)
    throw new RegildError('FILE_NOT_FOUND', `the file ${path} does not exist`, { hint: 'paths are relative to the manifest' });
  const found = hash ?? sha256(text);
  if (found === planned) return text;
  throw new RegildError('ARTIFACT_INVALID', `${path} is not the file that was planned: its sha-256 is ${found}, the plan says ${planned}`, {
    hint: 'it changed after the plan was made; plan again',
  });
}
