import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import pMap from 'p-map';
import type { HttpRequest } from '../../src/sandbox/http.ts';
import { answeredBy, type Change, FOREIGN_BODIES } from '../scenarios/planted/bodies.ts';
import { subject } from '../scenarios/planted/field.ts';
import type { EndState } from './disturbed.ts';
import { ended, undisturbed } from './judge.ts';
import { random, SEED, shuffled } from './random.ts';
import { inParts, TASKS, type Task } from './tasks.ts';

/**
 * Everything that writes, met by answers that nobody described: to each question, of each form, twice (more than is asked again by itself) or for as long
 * as the process lives. It may ask again or end with what it was told, which is never INTERNAL; the next process, which is answered well, ends as if
 * nothing had been: nothing is lost, there twice, of other content or left behind. Its arguments: `all`, else a sample that the seed chooses; and names of
 * tasks. REGILD_DISTURBANCES_LOG names a file that keeps what went well: it is not tried again.
 */
const [wanted = 'sample', ...names] = process.argv.slice(2);
/** So many answers are tried of each task in the sample. */
const SAMPLE = 5;
/** Of what an earlier task asked too, one of so many. */
const OF_THE_SAME = 6;
const AT_ONCE = 3;
const LOG = process.env.REGILD_DISTURBANCES_LOG;

const WRITING: Readonly<Record<string, Task>> = {
  ...TASKS,
  'build, validate and publish': { fleet: TASKS['one image, image-builder']?.fleet ?? [], before: [], work: inParts },
};

/** Which of the answers to a question are other ones: from, to. */
const TIMES = {
  twice: { from: 0, to: 2 },
  'twice, later': { from: 3, to: 5 },
  always: { from: 0, to: Number.POSITIVE_INFINITY },
} as const;

interface Trial {
  readonly question: string;
  readonly what: string;
  readonly change: Change;
}

const counts = { tried: 0, told: 0, unnoticed: 0, INTERNAL: 0, lost: 0, duplicate: 0, 'wrong content': 0, orphan: 0, stuck: 0 };
const done = new Set(LOG !== undefined && existsSync(LOG) ? readFileSync(LOG, 'utf8').split('\n') : []);
let wrong = 0;

async function main(): Promise<void> {
  const chance = random(SEED);
  const before = new Set<string>();
  for (const [name, task] of Object.entries(WRITING)) {
    const { calm, questions } = await asked(task);
    const trials = shuffled(trialsOf(questions), chance).filter(
      ({ question }, index) => !before.has(question) || index % OF_THE_SAME === 0,
    );
    for (const question of questions) before.add(question);
    if (names.length > 0 && !names.includes(name)) continue;
    const chosen = wanted === 'all' ? trials : trials.slice(0, SAMPLE);
    await pMap(
      chosen.filter(({ what }) => !done.has(`${name}: ${what}`)),
      (trial) => judge(name, task, calm, trial),
      { concurrency: AT_ONCE },
    );
    process.stdout.write(
      `${name}: ${questions.length} questions, ${trials.length} answers of somebody else, ${chosen.length} tried: ${JSON.stringify(counts)}\n`,
    );
  }
  process.stdout.write(`REGILD_DISTURBANCES_SEED=${SEED}, ${wanted}: ${JSON.stringify(counts)}\n`);
  process.stdout.write(`${wrong === 0 ? 1 : 0} passed, ${wrong === 0 ? 0 : 1} failed, 0 skipped\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

/** What a task asks for. */
async function asked(task: Task): Promise<{ readonly calm: EndState; readonly questions: readonly string[] }> {
  const { calm, places } = await undisturbed(task);
  const questions = places.flatMap(({ kind, what }) => (kind === 'request' ? [subject(requestOf(what))] : []));
  return { calm, questions: [...new Set(questions)] };
}

/** A request as a witness notes it: method, path, query and body. */
function requestOf(what: string): Pick<HttpRequest, 'method' | 'path' | 'text'> {
  const [, method = '', path = '', text = ''] = /^(\S+) ([^?]*)\?\S*(?: (.*))?$/s.exec(what) ?? [];
  return { method, path, text };
}

function trialsOf(questions: readonly string[]): readonly Trial[] {
  const often = Object.keys(TIMES) as readonly (keyof typeof TIMES)[];
  return questions.flatMap((question, at) =>
    Object.keys(FOREIGN_BODIES).map((body, index) => {
      const when = often[(at + index) % often.length] ?? 'twice';
      return { question, what: `${question}: ${body}, ${when}`, change: answering(question, body, TIMES[when]) };
    }),
  );
}

function answering(question: string, body: string, { from, to }: { readonly from: number; readonly to: number }): Change {
  let times = 0;
  return (request, response) => {
    if (subject(request) !== question) return response;
    times += 1;
    return times > from && times <= to ? answeredBy(body, response) : response;
  };
}

async function judge(name: string, task: Task, calm: EndState, { what, change }: Trial): Promise<void> {
  const { findings, continued, walked } = await ended(task, calm, { lives: [{ goesOn: false, change }, { goesOn: true }] });
  const blamed = walked.flatMap(({ said }) => (said.includes('INTERNAL') ? [{ kind: 'INTERNAL' as const, said }] : []));
  counts.tried += 1;
  counts[continued > 0 ? 'told' : 'unnoticed'] += 1;
  for (const { kind, said } of [...findings, ...blamed]) {
    counts[kind] += 1;
    wrong += 1;
    process.stdout.write(`WRONG   ${name}: ${what}: ${kind}: ${said}\n`);
  }
  if (LOG !== undefined && findings.length + blamed.length === 0) appendFileSync(LOG, `${name}: ${what}\n`);
}

await main();
