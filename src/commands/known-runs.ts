import { join, resolve } from 'node:path';
import pMap from 'p-map';
import { ImageReport, isRunId, RunRecord } from '../model/index.ts';
import type { Artifacts } from '../ports.ts';
import type { RunFolder } from '../records/read.ts';
import type { Io } from './command.ts';
import { createArtifacts, listRuns } from './files.ts';
import type { KnownRun } from './right-run.ts';

/** How an image ended, as much of its report as any version of regild wrote. */
const End = ImageReport.unwrap().pick({ outcome: true, stage: true }).strip();

/** Files that are open at the same time: a fleet has more than a process may open. */
export const AT_ONCE = 16;

/** The runs below a folder that wrote, in the order of their start. Folders that do not say what they set out to do are passed over. */
export async function knownRuns(folder: string): Promise<readonly KnownRun[]> {
  const known = await pMap(await listRuns(folder), (id) => knownRun(join(folder, id)), { concurrency: 1 });
  return known.filter((run) => run !== undefined);
}

/** The last of them; undefined where there is none. */
export async function lastRunId(folder: string): Promise<string | undefined> {
  for (const id of (await listRuns(folder)).toReversed()) if (await recordIn(createArtifacts(join(folder, id)))) return id;
  return undefined;
}

/** What one folder tells; undefined where it does not say what the run set out to do. */
export async function knownRun(folder: string): Promise<KnownRun | undefined> {
  const artifacts = createArtifacts(folder);
  const record = await recordIn(artifacts);
  if (record === undefined) return undefined;
  const endOf = async (image: string) => [image, End.safeParse(await artifacts.load(image, 'ImageReport')).data] as const;
  const ends = await pMap(record.images, endOf, { concurrency: AT_ONCE });
  return { record, ended: new Map(ends.flatMap(([image, end]) => (end ? [[image, end] as const] : []))) };
}

async function recordIn(run: Pick<Artifacts, 'load'>): Promise<RunRecord | undefined> {
  return RunRecord.safeParse(await run.load('.', 'RunRecord')).data;
}

/** The folders of runs below one, by the ids of the runs: tags are written by anybody, and a name that is none leads nowhere. */
export function runFolders(runs: string, { folder }: Pick<Io, 'folder'>): RunFolder {
  return (id) => (isRunId(id) ? createArtifacts(resolve(folder, runs, id)) : { load: async () => undefined });
}
