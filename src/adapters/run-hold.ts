import { mkdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { kill, pid } from 'node:process';
import * as z from 'zod';
import { RegildError } from '../errors.ts';
import { parsedJson } from './parsed-json.ts';
import { writeNew } from './write-new.ts';

const FILE = 'held-by.json';
const Holder = z.object({ pid: z.number().int().positive(), host: z.string() });
type Holder = z.infer<typeof Holder>;

/** How often who works in a folder says so, and for how long that counts on another machine, where nobody can look for the process. */
const BEAT = 20_000;
const SILENCE = 120_000;

/**
 * Runs `work` while no other process works in the same run folder. One that died is passed over at once where it ran on this machine, and two minutes
 * after its last sign of life where it ran on another one. Throws BUILD_RUNNING.
 */
export async function holdingRun<Result>(folder: string, runId: string, work: () => Promise<Result>): Promise<Result> {
  const file = join(folder, FILE);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await take(file, runId);
  const beat = setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), BEAT);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true }).catch(() => {});
  }
}

/** Who works in a run folder, in words; undefined where nobody does. */
export async function holderOf(folder: string): Promise<string | undefined> {
  const holder = await liveHolder(join(folder, FILE));
  return holder && `process ${holder.pid} on ${holder.host}`;
}

async function take(file: string, runId: string): Promise<void> {
  const own = JSON.stringify({ pid, host: hostname() } satisfies Holder);
  while (!(await writeNew(file, own, { content: 'exact', mode: 0o600 }))) {
    const holder = await liveHolder(file);
    if (holder !== undefined) throw busy(runId, holder);
    await rm(file, { force: true });
  }
}

/** Who works there; undefined where nobody does any more. A process that is not this one's may have its number: then its signs of life decide. */
async function liveHolder(file: string): Promise<Holder | undefined> {
  const [text, found] = await Promise.all([readFile(file, 'utf8').catch(() => ''), stat(file).catch(() => undefined)]);
  if (found === undefined || Date.now() - found.mtimeMs > SILENCE) return undefined;
  const holder = Holder.safeParse(parsedJson(text)).data;
  // One that is being written in this moment.
  if (holder === undefined) return Date.now() - found.mtimeMs > BEAT ? undefined : { pid: 0, host: 'this machine' };
  if (holder.host !== hostname()) return holder;
  return holder.pid !== pid && isAlive(holder.pid) ? holder : undefined;
}

/** Signal 0 asks whether there is such a process (kill(2)); one of somebody else's refuses with EPERM, and so is there. */
function isAlive(number: number): boolean {
  try {
    kill(number, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function busy(runId: string, { pid: number, host }: Holder): RegildError {
  return new RegildError('BUILD_RUNNING', `process ${number} on ${host} is working in run ${runId}`, {
    hint: 'wait until it has ended, then go on with --resume',
    details: { run: runId },
  });
}
