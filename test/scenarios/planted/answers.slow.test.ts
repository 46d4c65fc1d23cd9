import { afterAll, beforeAll, expect, test } from 'vitest';
import { QUOTED, showsPlanted } from '../../fakes/planted.ts';
import { type Field, isWords } from './field.ts';
import { sampled } from './sampled.ts';
import { type ChangedWorld, changedWorld, saying, WALKS, type Walk } from './walks.ts';

let world: ChangedWorld;
beforeAll(async () => {
  world = await changedWorld();
});
afterAll(() => world.close());

const SAID = QUOTED.join(' | ');

/** So many fields of each walk are planted alone, and each shape in so many walks; REGILD_PLANTED=all plants every one in every walk, which takes an hour. */
const SAMPLE = 10;
const WALKS_OF_A_SHAPE = 2;
const HOUR = 3_600_000;

/** Of most of what these read they tell something; the others say how things are, in words of regild's own. */
const TELLING: readonly string[] = ['a build by Image Builder', 'a build by Packer', 'plan'];

/** What a walk reads, in the order of its first answers. */
async function fieldsOf(walk: Walk): Promise<readonly Field[]> {
  const fields = new Set<Field>();
  const noting = saying((field, text) => {
    fields.add(field);
    return text;
  });
  await world.left(walk, noting);
  return [...fields];
}

test.each(Object.entries(WALKS))(
  '%s: what any field of any answer quotes is printed, saved and thrown without it',
  { timeout: HOUR },
  async (name, walk) => {
    const fields = await fieldsOf(walk);
    const shown: Field[] = [];
    let masked = 0;
    const chosen = sampled(fields, SAMPLE);
    for (const field of chosen) {
      const left = await world.left(
        walk,
        saying((at, text) => (at === field ? `${text} ${SAID}` : text)),
      );
      if (showsPlanted(left)) shown.push(field);
      if (left.includes('***')) masked += 1;
    }
    process.stdout.write(
      `${name}: ${chosen.length} of ${fields.length} fields planted with ${QUOTED.length} shapes each, ${masked} were told\n`,
    );
    expect({ shown, isTold: masked > 0 || !TELLING.includes(name) }).toEqual({ shown: [], isTold: true });
  },
);

// Joined in one text a shape could hide another.
test.each(QUOTED)('%j alone, wherever words stand, is shown by no walk', { timeout: HOUR }, async (shape) => {
  const shown: string[] = [];
  for (const name of sampled(Object.keys(WALKS), WALKS_OF_A_SHAPE)) {
    const planted = saying((field, text) => (isWords(field) ? `${text} ${shape}` : text));
    if (showsPlanted(await world.left(WALKS[name as keyof typeof WALKS], planted))) shown.push(name);
  }
  expect(shown).toEqual([]);
});
