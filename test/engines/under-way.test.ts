import { expect, test } from 'vitest';
import { requireAlone } from '../../src/engines/index.ts';
import type { ExistingVersion } from '../../src/model/index.ts';
import { fakeContext } from '../fakes/context.ts';
import { aVersion } from '../fakes/values.ts';
import { linuxPlan } from './fixtures.ts';

const plan = linuxPlan();
const OTHER = '20261121t080000-beef';
const LATER = '2026-11-22T08:15:02.000Z';
const made = { 'regild-run': OTHER, 'regild-digest': plan.digest };
const staged = { ...made, 'regild-deadline': LATER };

function alone(versions: readonly ExistingVersion[]) {
  const context = fakeContext({ gallery: { versions: async () => versions } });
  return requireAlone(plan, {
    ...context,
    run: { ...context.run, id: '20261121t081502-3f9a', started: new Date('2026-11-21T08:15:02.000Z') },
  });
}

test.each([
  ['no version', []],
  ['one of another digest', [aVersion({ excludeFromLatest: true, tags: { ...staged, 'regild-digest': 'e' } })]],
  ['its own', [aVersion({ excludeFromLatest: true, tags: { ...staged, 'regild-run': '20261121t081502-3f9a' } })]],
  [
    'one whose run cannot be alive any more',
    [aVersion({ excludeFromLatest: true, tags: { ...staged, 'regild-deadline': '2026-11-21T08:00:00.000Z' } })],
  ],
  ['one that is broken', [aVersion({ excludeFromLatest: true, provisioningState: 'Failed', tags: staged })]],
  [
    'one that was published before, and taken out of latest',
    [aVersion({ excludeFromLatest: true, tags: { ...made, 'regild-published': '2026-11-20T08:00:00.000Z' } })],
  ],
  [
    'one that was latest before the run began',
    [aVersion({ excludeFromLatest: false, tags: { ...made, 'regild-published': '2026-11-21T08:00:00.000Z' } })],
  ],
  ['a copy', [aVersion({ excludeFromLatest: true, tags: { ...staged, 'regild-copied-from': 'x' } })]],
])("%s stands in no build's way", async (_, versions) => {
  await expect(alone(versions)).resolves.toBeUndefined();
});

test.each([
  ['staged and being tested', aVersion({ name: '2026.1121.0', excludeFromLatest: true, tags: staged }), 'has built version 2026.1121.0'],
  [
    'still being made',
    aVersion({ name: '2026.1121.0', excludeFromLatest: true, provisioningState: 'Creating', tags: staged }),
    'has built version 2026.1121.0',
  ],
  [
    'promoted since',
    aVersion({ name: '2026.1121.0', excludeFromLatest: false, tags: { ...made, 'regild-published': '2026-11-21T08:16:00.000Z' } }),
    'has published version 2026.1121.0',
  ],
])('one of the same digest that is %s', async (_, version, said) => {
  await expect(alone([version])).rejects.toMatchObject({ code: 'BUILD_RUNNING', message: expect.stringContaining(`run ${OTHER} ${said}`) });
});
