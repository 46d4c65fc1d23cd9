import { afterAll, beforeAll, expect, test } from 'vitest';
import { answeredBy, type Change, FOREIGN_BODIES } from './bodies.ts';
import { subject } from './field.ts';
import { sampled } from './sampled.ts';
import { type ChangedWorld, changedWorld, WALKS, type Walk } from './walks.ts';

let world: ChangedWorld;
beforeAll(async () => {
  world = await changedWorld();
});
afterAll(() => world.close());

const BODIES = Object.keys(FOREIGN_BODIES);
/** Once more than a read is repeated by what takes an answer for cut off. */
const TIMES = 2;
/** So many questions of each walk, since the SDKs take their time before they ask again; REGILD_PLANTED=all answers each of them, in every way. */
const SAMPLE = 3;

/** What writes is met by the same answers in test/survive/foreign.ts. */
const ASKING = Object.entries(WALKS).filter(([name]) => !name.startsWith('a '));

test.each(ASKING)('%s: what nobody described is told as that', { timeout: 3_600_000 }, async (name, walk) => {
  const asked = await questionsOf(walk);
  const blamed: string[] = [];
  for (const [index, question] of sampled(asked, SAMPLE).entries()) {
    // Each question's sample is another one.
    for (const body of sampled([...BODIES.slice(index), ...BODIES.slice(0, index)], 1)) {
      const left = await world.left(walk, answering(question, body));
      const blame = /.*\bINTERNAL\b.*/.exec(left)?.[0];
      if (blame !== undefined) blamed.push(`${question} ${body}: ${blame}`);
    }
  }
  process.stdout.write(`${name}: ${asked.length} questions\n`);
  expect(blamed).toEqual([]);
});

async function questionsOf(walk: Walk): Promise<readonly string[]> {
  const asked = new Set<string>();
  await world.left(walk, (request, response) => {
    asked.add(subject(request));
    return response;
  });
  return [...asked];
}

/** The first answers to a question are this one. */
function answering(question: string, body: string): Change {
  let times = 0;
  return (request, response) => {
    if (subject(request) !== question || times >= TIMES) return response;
    times += 1;
    return answeredBy(body, response);
  };
}
