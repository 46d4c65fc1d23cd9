import { join, resolve } from 'node:path';
import { ImageReport, isRunId, RunRecord } from '../model/index.ts';
import type { RunFolder } from '../records/read.ts';
import type { Io } from './command.ts';
import { createArtifacts, listRuns } from './files.ts';
import type { KnownRun } from './right-run.ts';

/** How an image ended, as much of its report as any version of regild wrote. */
const End = ImageReport.unwrap().pick({ outcome: true, stage: true }).strip();

/** The runs below a folder that wrote, in the order of their start. Folders that do not say what they set out to do are passed over. */
export async function knownRuns(folder: string): Promise<readonly KnownRun[]> {
  const known = await Promise.all((await listRuns(folder)).map((id) => knownRun(join(folder, id))));
  return known.filter((run) => run !== undefined);
}

/** What one folder tells; undefined where it does not say what the run set out to do. */
export async function knownRun(folder: string): Promise<KnownRun | undefined> {
  const artifacts = createArtifacts(folder);
  const { data: record } = RunRecord.safeParse(await artifacts.load('.', 'RunRecord'));
  if (record === undefined) return undefined;
  const ends = await Promise.all(
    record.images.map(async (image) => [image, End.safeParse(await artifacts.load(image, 'ImageReport')).data] as const),
  );
  return { record, ended: new Map(ends.flatMap(([image, end]) => (end ? [[image, end] as const] : []))) };
}

/** The folders of runs below one, by the ids of the runs: tags are written by anybody, and a name that is none leads nowhere. */
export function runFolders(runs: string, { folder }: Pick<Io, 'folder'>): RunFolder {
  return (id) => (isRunId(id) ? createArtifacts(resolve(folder, runs, id)) : { load: async () => undefined });
}
