import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import pMap from 'p-map';
import type { EndState } from './disturbed.ts';
import { ended, undisturbed } from './judge.ts';
import { RULE, type Trial, trialsAt } from './places.ts';
import { random, SEED, shuffled } from './random.ts';
import { TASKS, type Task } from './tasks.ts';
import type { Place } from './witness.ts';

/**
 * Builds, refreshes and a rollback that are killed at every request and every change of a file, met by every fault at every call, cut off for minutes, and
 * kept waiting for ever; each is compared with a run that nothing disturbs. Fails when a version is lost, there twice or of other content, when anything is
 * left behind after the run was continued, or a run gets stuck. Its arguments: `all` = one place of each class of equal ones, `every` = every place, else a
 * sample that the seed chooses; and names of tasks. REGILD_DISTURBANCES_LOG names a file that keeps what went well: it is not tried again.
 */
const [wanted = 'sample', ...names] = process.argv.slice(2);
/** So many places of each task are tried in the sample. */
const SAMPLE = 16;
/** A walk waits for answers half of its time. */
const AT_ONCE = 3;
const LOG = process.env.REGILD_DISTURBANCES_LOG;

const counts = { tried: 0, continued: 0, lost: 0, duplicate: 0, 'wrong content': 0, orphan: 0, stuck: 0 };
const wrong: string[] = [];
const done = new Set(LOG !== undefined && existsSync(LOG) ? readFileSync(LOG, 'utf8').split('\n') : []);

async function main(): Promise<void> {
  const chance = random(SEED);
  for (const [name, task] of Object.entries(TASKS)) {
    const { calm, places } = await undisturbed(task);
    const trials = shuffled([...trialsAt(places, chance), ...endless(places)], chance);
    if (names.length > 0 && !names.includes(name)) continue;
    const isDone = ({ what }: Trial) => done.has(`${name}: ${what}`);
    const classes = [...Map.groupBy(trials, ({ like }) => like).values()].flatMap((alike) => alike.find(isDone) ?? alike[0] ?? []);
    const chosen = { all: classes, every: trials }[wanted] ?? classes.slice(0, SAMPLE);
    const open = chosen.filter((trial) => !isDone(trial));
    await pMap(open, (trial) => judge(name, task, calm, trial), { concurrency: AT_ONCE });
    const [requests, files] = (['request', 'file'] as const).map((kind) => places.filter((place) => place.kind === kind).length);
    const told = `${requests} requests, ${files} changes of files, ${trials.length} places of ${classes.length} classes, ${chosen.length} tried`;
    process.stdout.write(
      `${name}: ${told}${open.length < chosen.length ? ` (${open.length} of them in this run)` : ''}: ${JSON.stringify(counts)}\n`,
    );
  }
  report();
}

/** Operations that never end, each in the virtual time of its run: it is given up, and says so. */
function endless(places: readonly Place[]): readonly Trial[] {
  return places.flatMap(({ kind, number, what }) => {
    const [write = ''] = what.split('?');
    if (kind === 'file' || !/^(?:PUT|POST|PATCH|DELETE) \/subscriptions\//.test(write)) return [];
    const disturb = (_: unknown, at: number) => (at === number ? ({ kind: 'stuck-operation' } as const) : undefined);
    return [{ what: `never ends: request ${number}`, like: `never ends: ${write}`, lives: [{ goesOn: false, disturb }], isEndless: true }];
  });
}

/** Counts and tells how a trial ended. */
async function judge(name: string, task: Task, calm: EndState, trial: Trial): Promise<void> {
  const { findings, continued } = await ended(task, calm, trial);
  counts.tried += 1;
  counts.continued += continued;
  for (const { kind, said } of findings) {
    counts[kind] += 1;
    wrong.push(trial.what);
    process.stdout.write(`WRONG   ${name}: ${trial.what}: ${kind}: ${said}\n`);
  }
  if (LOG !== undefined) appendFileSync(LOG, `${findings.length === 0 ? '' : 'WRONG   '}${name}: ${trial.what}\n`);
}

function report(): void {
  const told = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  process.stdout.write(`REGILD_DISTURBANCES_SEED=${SEED}, ${wanted}: ${told.join(', ')}\n`);
  if (wanted !== 'every') process.stdout.write(`one place stands for its class: ${RULE}\n`);
  process.stdout.write(`${wrong.length === 0 ? 1 : 0} passed, ${wrong.length === 0 ? 0 : 1} failed, 0 skipped\n`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

await main();
