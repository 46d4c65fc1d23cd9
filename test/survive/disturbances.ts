import pMap from 'p-map';
import type { FaultEffect } from '../../src/sandbox/faults.ts';
import { aWorld, type Disturbance, type EndState, type Life, random, SEED, TASKS, type Task } from './disturbed.ts';

/**
 * Builds, a refresh and a rollback that are killed at every request and every change of a file, met by every fault at every call, cut off for minutes, and started side by
 * side; each is compared with a run that nothing disturbs. `all` as its argument = everywhere, else a sample that the seed chooses. Fails when a version
 * is lost, there twice or of other content, when anything is left behind after the run was continued, or a run gets stuck.
 */
const all = process.argv[2] === 'all';
/** So many places of each task are tried in the sample. */
const SAMPLE = 16;
/** A walk waits for answers half of its time. */
const AT_ONCE = 2;

interface Trial {
  readonly what: string;
  readonly task: Task;
  readonly calm: EndState;
  readonly lives: readonly Life[];
}

const counts = { tried: 0, continued: 0, lost: 0, duplicate: 0, 'wrong content': 0, orphan: 0, stuck: 0 };
const wrong: string[] = [];
const notice = (said: string) => {
  wrong.push(said);
  process.stdout.write(`WRONG   ${said}\n`);
};

const kill =
  (at: number, after: boolean): Disturbance =>
  (_, number) =>
    number === at ? { kind: 'kill', after } : undefined;
const once =
  (at: number, effect: FaultEffect): Disturbance =>
  (_, number) =>
    number === at ? effect : undefined;
const between =
  (from: number, count: number): Disturbance =>
  (_, number) =>
    number >= from && number < from + count ? { kind: 'disconnect' } : undefined;

const refusal = (status: number, retryAfter?: number): FaultEffect => ({
  kind: 'respond',
  status,
  code: `Code${status}`,
  message: 'said by a fault',
  ...(retryAfter !== undefined && { retryAfter }),
});

/** Each once, at one request. */
const FAULTS: Readonly<Record<string, FaultEffect>> = {
  'a reset before': { kind: 'disconnect' },
  'an answer lost': { kind: 'lose-answer' },
  'an answer cut off': { kind: 'cut-answer' },
  'a page of somebody else': { kind: 'page' },
  408: refusal(408),
  429: refusal(429, 0),
  500: refusal(500),
  502: refusal(502),
  503: refusal(503),
};

async function main(): Promise<void> {
  const chance = random(SEED);
  for (const [name, task] of Object.entries(TASKS)) {
    const { calm, requests, files } = await undisturbed(task);
    const trial = (what: string, lives: readonly Life[]): Trial => ({ what: `${name}: ${what}`, task, calm, lives });
    const numbers = Array.from({ length: requests }, (_, index) => index + 1);
    const changes = Array.from({ length: files }, (_, index) => index + 1);
    const resumed = { resume: true };
    const trials = [
      ...numbers.flatMap((at) =>
        [false, true].map((after) =>
          trial(`killed ${after ? 'after' : 'before'} request ${at}`, [{ resume: false, disturb: kill(at, after) }, resumed]),
        ),
      ),
      ...changes.flatMap((at) =>
        [at, at + 0.5].map((dieAtFile) => trial(`killed at change ${dieAtFile} of a file`, [{ resume: false, dieAtFile }, resumed])),
      ),
      ...numbers.map((at) =>
        trial(`killed at request ${at}, and again`, [
          { resume: false, disturb: kill(at, true) },
          { resume: true, disturb: kill(1 + Math.floor(chance() * 20), chance() < 0.5) },
          resumed,
        ]),
      ),
      ...numbers.flatMap((at) =>
        Object.entries(FAULTS).map(([fault, effect]) =>
          trial(`${fault} at request ${at}`, [{ resume: false, disturb: once(at, effect) }, resumed]),
        ),
      ),
      ...numbers.map((at) => trial(`nobody answers for 40 requests from ${at}`, [{ resume: false, disturb: between(at, 40) }, resumed])),
    ];
    // Shuffled, so that a run of the whole that is cut short has tried a sample too.
    const shuffled = trials.map((one) => ({ one, at: chance() })).toSorted((a, b) => a.at - b.at);
    const chosen = shuffled.slice(0, all ? trials.length : SAMPLE).map(({ one }) => one);
    await pMap(chosen, judge, { concurrency: AT_ONCE });
    process.stdout.write(
      `${name}: ${requests} requests, ${files} changes of files, ${chosen.length} of ${trials.length} places tried: ${JSON.stringify(counts)}\n`,
    );
  }
  await endless();
  report();
}

async function undisturbed(task: Task) {
  const world = await aWorld(task);
  const { well, said, requests, files } = await world.walk({ resume: false });
  const calm = await world.state();
  await world.close();
  if (!well || calm.left.length > 0 || calm.versions.length === 0) {
    throw new Error(`an undisturbed run is not fine: ${said} ${JSON.stringify(calm)}`);
  }
  return { calm, requests, files };
}

/** The lives one after the other, until the images are published; then the cloud has to be as after a calm run. */
async function judge({ what, task, calm, lives }: Trial): Promise<void> {
  const world = await aWorld(task);
  let said = '';
  let well = false;
  for (const [index, life] of lives.entries()) {
    if (well) break;
    if (index > 0) counts.continued += 1;
    ({ well, said } = await world.walk(life));
  }
  if (!well) {
    counts.stuck += 1;
    notice(`${what}: stuck: ${said}`);
  }
  const end = await world.state();
  await world.close();
  counts.tried += 1;
  compare(what, end, calm);
}

function compare(what: string, end: EndState, calm: EndState): void {
  const found = (kind: 'lost' | 'duplicate' | 'wrong content' | 'orphan', said: string) => {
    counts[kind] += 1;
    notice(`${what}: ${kind}: ${said}`);
  };
  for (const one of calm.versions) if (!end.versions.some((other) => nameOf(other) === nameOf(one))) found('lost', one);
  for (const one of end.versions) {
    const expected = calm.versions.find((other) => nameOf(other) === nameOf(one));
    if (expected === undefined) found('duplicate', one);
    else if (expected !== one) found('wrong content', `${one}, not ${expected}`);
  }
  for (const one of end.left) found('orphan', one);
}

/** Definition and number of a version. */
function nameOf(version: string): string {
  return version.split(' ').slice(0, 2).join(' ');
}

/** Operations that never end, each in the virtual time of its run: it is given up, and says so. */
async function endless(): Promise<void> {
  const [task] = Object.values(TASKS);
  if (task === undefined) throw new Error('there is no task');
  const writes = [
    /\/galleries\/[^/]+$/,
    /\/images\/[^/]+$/,
    /\/imageTemplates\/[^/]+$/,
    /\/imageTemplates\/[^/]+\/run$/,
    /\/versions\/[^/]+$/,
    /\/virtualMachines\/[^/]+$/,
    /\/runCommand$/,
    /\/virtualNetworks\/[^/]+$/,
  ];
  for (const path of writes) {
    const world = await aWorld(task);
    const { said } = await world.walk({
      resume: false,
      disturb: (request) => (request.method !== 'GET' && path.test(request.path) ? { kind: 'stuck-operation' } : undefined),
    });
    counts.tried += 1;
    if (!said.includes('TIMED_OUT')) {
      counts.stuck += 1;
      notice(`${path}: never ends, and is told as ${said}`);
    }
    await world.close();
  }
}

function report(): void {
  const told = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  process.stdout.write(`REGILD_DISTURBANCES_SEED=${SEED}${all ? ', everywhere' : ', a sample'}: ${told.join(', ')}\n`);
  process.stdout.write(`${wrong.length === 0 ? 1 : 0} passed, ${wrong.length === 0 ? 0 : 1} failed, 0 skipped\n`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

await main();
