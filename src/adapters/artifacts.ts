import { readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { RegildError } from '../errors.ts';
import { isRunId, jsonPieces, type Report, STAGES } from '../model/index.ts';
import type { Content } from '../model/redact.ts';
import type { Artifacts } from '../ports.ts';
import { append } from './append.ts';
import { asReadFailure, parseArtifact } from './artifact-text.ts';
import { readText } from './assets.ts';
import { reportLines } from './report-file.ts';
import { writeWhole } from './write-whole.ts';

/** File names in the order of the walk, so that a listing of the folder reads like the pipeline. */
const FILES: Readonly<Record<string, string>> = {
  ImageSpec: '00-spec.json',
  ...Object.fromEntries(Object.values(STAGES).map(({ artifact, file }) => [artifact, file])),
  ImageReport: '09-report.json',
  Report: 'report.json',
  RunRecord: 'run.json',
};

/** What a build is made of has to be read back as it is: its texts were judged where the manifest and its files were read. */
const CONTENTS: Readonly<Record<string, Content>> = {
  ...Object.fromEntries(Object.values(STAGES).map(({ artifact }) => [artifact, 'kept'])),
  ImageSpec: 'answered',
  BuildPlan: 'answered',
  RenderedTemplate: 'answered',
};

/** A run folder: one folder per image, one JSON file per artifact, rendered files and logs beside them. */
export function createArtifacts(runFolder: string): Artifacts {
  const pathOf = (image: string, kind: string) => join(runFolder, image, FILES[kind] ?? `${kind}.json`);
  return {
    save: (image, artifact) =>
      writeWhole(pathOf(image, artifact.kind), isReport(artifact) ? reportLines(artifact) : jsonLines(artifact), {
        content: CONTENTS[artifact.kind] ?? 'json',
      }),
    load: async (image, kind) => {
      const path = pathOf(image, kind);
      const text = await readText(path).catch((cause: unknown) => {
        throw asReadFailure(cause, path);
      });
      return text === undefined ? undefined : parseArtifact(text, path);
    },
    saveFiles: async (image, folder, files) => {
      const root = resolve(runFolder, image, folder);
      for (const { path, content } of files) await writeWhole(inside(root, path), content, { content: 'answered' });
      return root;
    },
    log: (image, name, text) => append(inside(resolve(runFolder, image), name), text, { content: 'text' }),
  };
}

function isReport(artifact: { readonly kind: string }): artifact is Report {
  return artifact.kind === 'Report';
}

function* jsonLines(value: unknown): Generator<string> {
  yield* jsonPieces(value);
  yield '\n';
}

/** Ids of the runs below a folder, oldest first (ids start with the time); folders that are named otherwise are none. */
export async function listRuns(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && isRunId(entry.name))
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The absolute path of a file below a folder; names come from templates and manifests, so a way out of the folder is refused. */
function inside(root: string, path: string): string {
  const absolute = resolve(root, path);
  if (absolute !== root && absolute.startsWith(root + sep)) return absolute;
  throw new RegildError('INTERNAL', `the file ${path} would be written outside of the run folder`);
}
