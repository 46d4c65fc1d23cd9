import { resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import type { Io } from './command.ts';
import { listRuns } from './files.ts';
import { knownRuns } from './known-runs.ts';
import { howToContinue } from './next-steps.ts';
import type { RunFlags } from './options.ts';
import { runToContinue, unfinishedRun } from './right-run.ts';
import { newRunId } from './run-id.ts';

/** The run that a verb works in. */
export interface ChosenRun {
  readonly id: string;
  /** Whether artifacts are taken from its folder. */
  readonly resume: boolean;
}

/**
 * The run that is meant: the one that is named, with `--resume` the last one that wrote for these images and did not finish, else a new one, which is
 * told of what lies unfinished. Throws RUN_NOT_FOUND.
 */
export async function chooseRun(flags: RunFlags, images: readonly string[], now: Date, io: Io): Promise<ChosenRun> {
  const folder = resolve(io.folder, flags.runs);
  if (flags.runId !== undefined) return { id: flags.runId, resume: (await listRuns(folder)).includes(flags.runId) };
  if (flags.resume === undefined) return tellOfUnfinished(folder, images, now, io);
  return {
    id: flags.resume === true ? await lastUnfinished(folder, images, flags) : await named(folder, flags.resume, flags),
    resume: true,
  };
}

async function tellOfUnfinished(folder: string, images: readonly string[], now: Date, io: Io): Promise<ChosenRun> {
  const runs = await knownRuns(folder);
  for (const image of images) {
    const left = unfinishedRun(runs, image);
    if (left)
      io.diagnostics.write(`note        ${image} has an unfinished run of ${left.started}: ${howToContinue(left.runId, [image])}\n`);
  }
  return { id: newRunId(now, await listRuns(folder)), resume: false };
}

async function lastUnfinished(folder: string, images: readonly string[], { runs }: RunFlags): Promise<string> {
  const found = runToContinue(await knownRuns(folder), images);
  if (found) return found.runId;
  throw new RegildError('RUN_NOT_FOUND', `no run in ${runs} left ${images.join(', ')} unfinished`, {
    hint: 'start with `regild build`; the work of a runner that is lost is named by `regild status` and continued with --run-id',
  });
}

async function named(folder: string, wanted: string, { runs }: RunFlags): Promise<string> {
  const known = await listRuns(folder);
  if (known.includes(wanted)) return wanted;
  throw new RegildError('RUN_NOT_FOUND', `there is no run ${wanted} in ${runs}`, {
    hint: `${known.length ? `the last ones are ${known.slice(-3).join(', ')}` : 'there is none'}; a run whose folder is lost is continued with --run-id ${wanted}`,
  });
}
