import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpResponse } from '../../../src/sandbox/http.ts';
import { subject } from './field.ts';
import { sampled } from './sampled.ts';
import { type Change, type ChangedWorld, changedWorld, WALKS, type Walk } from './walks.ts';

let world: ChangedWorld;
beforeAll(async () => {
  world = await changedWorld();
});
afterAll(() => world.close());

/** What portals, proxies and interfaces that changed answer with, and nobody described. */
const BODIES: readonly HttpResponse['body'][] = [
  {},
  [],
  { value: null },
  { value: [null] },
  { value: [{}] },
  { value: {} },
  { properties: null },
  { id: 1, name: 2, location: [], properties: { provisioningState: {} } },
];

/** Once more than a read is repeated by what takes an answer for cut off. */
const TIMES = 2;
/** So many questions of each walk; REGILD_PLANTED=all answers each of them, in every way. */
const SAMPLE = 8;

/** A build waits for hours of a clock that stands still here; test/survive/disturbances.ts meets builds with pages of somebody else. */
const ASKING = Object.entries(WALKS).filter(([name]) => !name.startsWith('a build'));

test.each(ASKING)('%s: JSON of somebody else is told as that', { timeout: 3_600_000 }, async (name, walk) => {
  const asked = await questionsOf(walk);
  const blamed: string[] = [];
  for (const question of sampled(asked, SAMPLE)) {
    for (const body of sampled(BODIES, 1)) {
      const left = await world.left(walk, answering(question, body));
      const blame = /.*\bINTERNAL\b.*/.exec(left)?.[0];
      if (blame !== undefined) blamed.push(`${question} ${JSON.stringify(body)}: ${blame}`);
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
function answering(question: string, body: HttpResponse['body']): Change {
  let times = 0;
  return (request, response) => {
    if (subject(request) !== question || times >= TIMES) return response;
    times += 1;
    return { status: 200, headers: { 'content-type': 'application/json' }, ...(body !== undefined && { body }) };
  };
}
