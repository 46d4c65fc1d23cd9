import { expect, test } from 'vitest';
import { QUOTED, showsPlanted } from '../../fakes/planted.ts';
import { isWords } from './field.ts';
import { changedWorld, saying, WALKS } from './walks.ts';

/** The rest, and each field alone, is in answers.slow.test.ts. */
const SAMPLE = ['a build by Image Builder', 'status'] as const;

test('what clouds quote wherever words stand is printed, saved and thrown without it', async () => {
  const world = await changedWorld();
  try {
    const said = QUOTED.join(' | ');
    for (const name of SAMPLE) {
      const left = await world.left(
        WALKS[name],
        saying((field, text) => (isWords(field) ? `${text} ${said}` : text)),
      );
      expect({ name, shown: showsPlanted(left), isTold: left.includes('***') }).toEqual({ name, shown: false, isTold: true });
    }
  } finally {
    await world.close();
  }
});
