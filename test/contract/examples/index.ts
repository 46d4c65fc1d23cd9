import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProviderVersion } from '../descriptions.ts';
import { failed, type Outcome, passed } from '../outcome.ts';
import { COMPUTE } from './compute.ts';
import { type Example, readExamples } from './files.ts';
import { GALLERY } from './gallery.ts';
import { OTHERS } from './others.ts';
import type { Replay } from './replay.ts';
import { VIRTUAL_MACHINES } from './virtual-machines.ts';

const REPLAYS: readonly Replay[] = [...GALLERY, ...COMPUTE, ...VIRTUAL_MACHINES, ...OTHERS];

export interface Replayed {
  readonly found: number;
  /** Examples that answer something that regild asks. */
  readonly replayed: number;
  readonly outcomes: readonly Outcome[];
}

/**
 * What regild must make of some examples, whole, by the example's name. Examples that were made of a description alone may lack what a decision needs: a
 * Marketplace image that says neither its system nor its generation is refused, since both would be guessed (`refused`: the sentence).
 */
const EXPECTED: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(join(import.meta.dirname, 'expected-words.json'), 'utf8'));

/** Hands every official example that answers one of regild's requests to the adapter that asks it. The complete set must hold all that are expected. */
export async function replayExamples(set: string, wanted: ReadonlySet<ProviderVersion>, complete: boolean): Promise<Replayed> {
  const examples = readExamples(set, wanted);
  const outcomes: Outcome[] = [];
  for (const example of examples) {
    const replay = REPLAYS.find((candidate) => candidate.examples.test(example.name));
    if (replay) outcomes.push(await replayOne(replay, example));
  }
  const names = new Set(outcomes.map(({ name }) => name));
  const missing = complete ? Object.keys(EXPECTED).filter((name) => !names.has(name)) : [];
  return {
    found: examples.length,
    replayed: outcomes.length,
    outcomes: [...outcomes, ...missing.map((name) => failed(name, 'there is no such example, and its expectation proves nothing'))],
  };
}

async function replayOne({ read }: Replay, { name, bodies }: Example): Promise<Outcome> {
  const wanted = EXPECTED[name];
  try {
    for (const body of [...bodies.values()].filter((one) => one !== undefined).map(onlyPage)) {
      const words = await (wanted === undefined ? read(body) : read(body).catch(refusal));
      if (wanted !== undefined && JSON.stringify(words) !== JSON.stringify(wanted))
        return failed(name, `${JSON.stringify(words)} instead of ${JSON.stringify(wanted)}`);
    }
    return passed(name);
  } catch (error) {
    return failed(name, error instanceof Error ? error.message : String(error));
  }
}

function refusal(error: unknown): { readonly refused: string } {
  return { refused: error instanceof Error ? error.message : String(error) };
}

/** The address of the next page is made up in every example. */
function onlyPage(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('nextLink' in body)) return body;
  const { nextLink: _, ...page } = body;
  return page;
}
