import { afterAll, beforeAll, expect, test } from 'vitest';
import { PLANTED, QUOTED, quoting } from '../../fakes/planted.ts';
import type { Change } from './bodies.ts';
import { type Field, isWords, subject } from './field.ts';
import { refusing } from './refusals.ts';
import { sampled } from './sampled.ts';
import { type ChangedWorld, changedWorld, saying, WALKS, type Walk } from './walks.ts';

let world: ChangedWorld;
beforeAll(async () => {
  world = await changedWorld();
});
afterAll(() => world.close());

const HOUR = 3_600_000;
/** So many rounds of each kind are walked; with REGILD_PLANTED=all so many as it takes. */
const ROUNDS = process.env.REGILD_PLANTED === 'all' ? Number.POSITIVE_INFINITY : 2;

/** So many questions of each walk are refused; REGILD_PLANTED=all refuses each. */
const REFUSALS = 3;

/** What was planted in one place: its number in the value tells it from the others. */
const plantedIn = (number: number) => quoting(`${PLANTED}${number}`);

/** Where something is planted, and which question it is an answer to. */
interface Place {
  readonly at: Field;
  readonly question: string;
}

/**
 * Walks until something stood in every place, in as many places at once as there are questions: a walk may end where an answer is none any more, and two
 * places of one answer could hide each other. Gives what was shown, and how many places were reached in how many walks.
 */
async function plantedInAll(
  walk: Walk,
  places: readonly Place[],
  change: (at: ReadonlyMap<Field, number>, reached: (at: Field) => void) => Change,
) {
  let left = places;
  const shown = new Set<string>();
  let [walks, masked] = [0, 0];
  for (; left.length > 0 && walks < ROUNDS; walks += 1) {
    const chosen = [...Map.groupBy(left, ({ question }) => question).values()].flatMap(([first]) => (first ? [first.at] : []));
    const numbers = new Map(chosen.map((at) => [at, places.findIndex((place) => place.at === at)]));
    const reached = new Set<Field>();
    const said = await world.left(
      walk,
      change(numbers, (at) => reached.add(at)),
    );
    for (const [, number] of said.matchAll(SHOWN))
      shown.add(number === undefined ? 'an access key id' : (places[Number(number)]?.at ?? number));
    if (said.includes('***')) masked += 1;
    if (reached.size === 0) break;
    left = left.filter(({ at }) => !reached.has(at));
  }
  return { shown: [...shown], masked, walks, reached: places.length - left.length };
}

const SHOWN = new RegExp(`${PLANTED}(\\d*)|AKIAPL4NT3DSECRETVAL`, 'g');

/** What a walk reads, in the order of its first answers. */
async function fieldsOf(walk: Walk): Promise<readonly Place[]> {
  const fields = new Map<Field, Place>();
  await world.left(walk, (request, response) =>
    saying((at, text) => {
      fields.set(at, { at, question: subject(request) });
      return text;
    })(request, response),
  );
  return [...fields.values()];
}

test.each(Object.entries(WALKS))(
  '%s: what any field of any answer quotes is printed, saved and thrown without it',
  { timeout: HOUR },
  async (name, walk) => {
    const fields = (await fieldsOf(walk)).filter(({ at }) => !isWords(at));
    const { shown, ...counts } = await plantedInAll(walk, fields, (numbers, reached) =>
      saying((at, text) => {
        const number = numbers.get(at);
        if (number === undefined) return text;
        reached(at);
        return `${text} ${plantedIn(number).join(' | ')}`;
      }),
    );
    process.stdout.write(
      `${name}: ${counts.reached} of ${fields.length} fields planted with ${QUOTED.length} shapes each, in ${counts.walks} walks, ${counts.masked} of which told some\n`,
    );
    expect(shown).toEqual([]);
  },
);

test.each(Object.entries(WALKS))(
  '%s: what any refusal quotes is printed, saved and thrown without it',
  { timeout: HOUR },
  async (name, walk) => {
    const questions = [...new Set((await fieldsOf(walk)).map(({ question }) => question))];
    const shown: string[] = [];
    let told = 0;
    // A refusal is the end of most walks: one at a time.
    const chosen = sampled(questions, REFUSALS);
    for (const question of chosen) {
      const number = questions.indexOf(question);
      const said = plantedIn(number).join(' | ');
      const left = await world.left(walk, (request, response) =>
        subject(request) === question ? refusing(request, response, { said, number }) : response,
      );
      if (left.match(SHOWN)) shown.push(question);
      if (left.includes('***')) told += 1;
    }
    process.stdout.write(`${name}: ${chosen.length} of ${questions.length} questions refused, ${told} of which told it\n`);
    expect(shown).toEqual([]);
  },
);

// Joined in one text a shape could hide another.
test.each(Object.entries(WALKS))(
  '%s: each shape alone, wherever words stand, is shown by nothing',
  { timeout: HOUR },
  async (name, walk) => {
    const words = (await fieldsOf(walk)).filter(({ at }) => isWords(at)).map(({ at }) => at);
    const shown: string[] = [];
    const turns = QUOTED.map((_, turn) => turn).slice(0, ROUNDS);
    for (const turn of turns) {
      const said = await world.left(
        walk,
        saying((at, text) => (isWords(at) ? `${text} ${plantedIn(words.indexOf(at))[(words.indexOf(at) + turn) % QUOTED.length]}` : text)),
      );
      for (const [found, number] of said.matchAll(SHOWN)) shown.push(`${words[Number(number)] ?? found} in turn ${turn}`);
    }
    process.stdout.write(`${name}: ${words.length} places of words, ${turns.length} of ${QUOTED.length} shapes each\n`);
    expect(shown).toEqual([]);
  },
);
