import { dirname, join, resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import { parseManifest } from '../manifest/index.ts';
import { didYouMean } from '../manifest/suggest.ts';
import type { ImageSpec } from '../model/index.ts';
import type { Io } from './command.ts';
import { readText } from './files.ts';
import type { StatedAnswer } from './unused-answers.ts';

export interface Fleet {
  readonly specs: readonly ImageSpec[];
  /** Names of all images of the manifest, also of those that are not worked on. */
  readonly known: readonly string[];
  /** Absolute path of the manifest's folder: the user's files are relative to it. */
  readonly folder: string;
  /** What the images and the command line agree to. */
  readonly answers?: readonly StatedAnswer[];
}

/**
 * Reads the manifest and keeps the named images (none = all); `beside` adds others to each of its images. All problems of the file are thrown together as
 * MANIFEST_INVALID.
 */
export async function readFleet(
  file: string,
  names: readonly string[],
  io: Io,
  beside: (spec: ImageSpec) => readonly ImageSpec[] = () => [],
): Promise<Fleet> {
  io.spareMemory?.();
  const { path, text } = await readManifestText(file, io);
  const { specs, issues } = parseManifest(text, file, io.environment);
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const count = errors.length === 1 ? 'one problem' : `${errors.length} problems`;
    throw new RegildError('MANIFEST_INVALID', `${file} has ${count}`, { issues: errors });
  }
  const all = specs.flatMap((spec) => [spec, ...beside(spec)]);
  return { specs: pick(all, names, file), known: specs.map(({ name }) => name), folder: dirname(path) };
}

/** The text of a manifest and its absolute path. Throws MANIFEST_NOT_FOUND, and USAGE for a folder. */
export async function readManifestText(file: string, io: Io): Promise<{ readonly path: string; readonly text: string }> {
  const path = resolve(io.folder, file);
  const text = await readText(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EISDIR') throw error;
    throw new RegildError('USAGE', `${file} is a folder, and a manifest is a file`, { hint: `name it: -f ${join(file, 'images.yaml')}` });
  });
  if (text !== undefined) return { path, text };
  throw new RegildError('MANIFEST_NOT_FOUND', `there is no manifest ${file}`, {
    hint: '`regild init` writes one; or name it with --manifest',
  });
}

function pick(specs: readonly ImageSpec[], names: readonly string[], file: string): readonly ImageSpec[] {
  const known = specs.map(({ name }) => name);
  refuseUnknown(names, known, file);
  return names.length === 0 ? specs : specs.filter(({ name }) => names.includes(name));
}

/** Throws IMAGE_UNKNOWN for names that the manifest lacks. */
export function refuseUnknown(names: readonly string[], known: readonly string[], file: string): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const guesses = unknown.flatMap((name) => didYouMean(name, known) ?? []);
    throw new RegildError('IMAGE_UNKNOWN', `${file} has no image ${unknown.join(', ')}`, {
      hint: [...guesses, `it has ${known.join(', ')}`].join(' '),
    });
  }
}
