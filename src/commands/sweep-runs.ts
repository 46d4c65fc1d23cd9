import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import { toIssue } from '../errors.ts';
import { asRegildError } from '../image-report.ts';
import {
  GalleryVersion,
  ImageReport,
  ImageSpec,
  type Issue,
  parseDuration,
  runTime,
  SCHEMA_VERSION,
  type SweepResult,
} from '../model/index.ts';
import { type FoundRun, type JudgedRun, judgeRuns, type RunImage } from '../sweep/run-folders.ts';
import type { Io } from './command.ts';
import { bytesIn, createArtifacts, holderOf, listRuns, removeGoing, removeRun } from './files.ts';
import { AT_ONCE, knownRun } from './known-runs.ts';
import { type KnownRun, unfinishedRun } from './right-run.ts';

/** How old a run folder is before it may go, where the user does not say. */
export const OLD_RUN = '30d';

interface LocalSweep {
  readonly runs: string;
  readonly olderThan?: number | undefined;
  readonly dryRun?: boolean | undefined;
}

type Item = SweepResult['items'][number];

/** Lists the run folders, and deletes those that are old and on which nothing stands ([rules](../sweep/run-folders.ts)). What cannot be deleted stops nothing else. */
export async function sweepRuns({ runs, olderThan, dryRun = false }: LocalSweep, io: Io): Promise<SweepResult> {
  const folder = resolve(io.folder, runs);
  const rules = { now: io.now(), olderThanMilliseconds: olderThan ?? parseDuration(OLD_RUN) ?? 0 };
  const done: { readonly item: Item; readonly issues: readonly Issue[] }[] = [];
  for (const judged of judgeRuns(await findRuns(folder), rules)) {
    io.signal.throwIfAborted();
    const { outcome, reason = judged.reason, issues = [] } = await sweepOne(judged, folder, dryRun);
    done.push({ item: itemOf({ ...judged, reason }, folder, outcome), issues });
  }
  if (!dryRun && done.length > 0) await removeGoing(folder);
  return {
    kind: 'SweepResult',
    schemaVersion: SCHEMA_VERSION,
    items: done.map(({ item }) => item),
    issues: done.flatMap(({ issues }) => issues),
  };
}

interface Swept {
  readonly outcome: Item['outcome'];
  /** Absent = as it was judged. */
  readonly reason?: string;
  readonly issues?: readonly Issue[];
}

async function sweepOne({ run, action }: JudgedRun, folder: string, dryRun: boolean): Promise<Swept> {
  if (action === 'keep') return { outcome: 'kept' };
  if (dryRun) return { outcome: 'due' };
  try {
    // Somebody may have worked in it since it was looked at.
    const unchanged = async () => isDeepStrictEqual((await knownRun(join(folder, run.id)))?.record, run.told?.record);
    return (await removeRun(folder, run.id, unchanged)) ? { outcome: 'deleted' } : { outcome: 'kept', reason: 'it changed meanwhile' };
  } catch (error) {
    return { outcome: 'failed', issues: [toIssue(asRegildError(error))] };
  }
}

function itemOf({ run, action, reason }: JudgedRun, folder: string, outcome: Item['outcome']): Item {
  const size = `${(run.bytes / 1024 / 1024).toFixed(1)} MiB`;
  return {
    ...{ kind: 'run-folder', id: join(folder, run.id), name: run.id, run: run.id, started: run.started.toISOString() },
    ...{ risk: 'none', size, action, reason, outcome },
  };
}

/** Every run folder, in the order of their start. */
async function findRuns(folder: string): Promise<readonly FoundRun[]> {
  const ids = await listRuns(folder);
  const known = await pMap(ids, (id) => knownRun(join(folder, id)), { concurrency: 1 });
  const all = known.filter((run) => run !== undefined);
  const look = async (id: string, index: number): Promise<FoundRun> => {
    const path = join(folder, id);
    const run = known[index];
    const [bytes, heldBy] = await Promise.all([bytesIn(path), holderOf(path)]);
    const images = run && (await pMap(run.record.images, (image) => runImage(image, run, all, path), { concurrency: AT_ONCE }));
    return { id, started: runTime(id) ?? new Date(0), bytes, heldBy, told: run && images && { record: run.record, images } };
  };
  return pMap(ids, look, { concurrency: 1 });
}

/** As much of a report as tells of a version, whichever version of regild wrote it. */
const Published = GalleryVersion.unwrap().pick({ version: true }).strip();
const Ended = ImageReport.unwrap().pick({ outcome: true }).extend({ published: Published.optional() }).strip();
const Wished = ImageSpec.unwrap().pick({ records: true }).strip();

async function runImage(image: string, { record, ended }: KnownRun, all: readonly KnownRun[], path: string): Promise<RunImage> {
  const artifacts = createArtifacts(path);
  const outcome = ended.get(image)?.outcome;
  const version = Ended.safeParse(await artifacts.load(image, 'ImageReport')).data?.published?.version;
  const wished = Wished.safeParse(await artifacts.load(image, 'ImageSpec')).data;
  const isKept = wished?.records?.container !== undefined && outcome === 'published';
  return {
    image,
    outcome,
    unfinished: unfinishedRun(all, image)?.runId === record.runId,
    onlyRecordOf: isKept ? undefined : (version ?? (outcome === 'published' ? 'of an unknown name' : undefined)),
  };
}
