import { describe, expect, test } from 'vitest';
import { removeEarlierAttempts } from '../src/earlier-attempts.ts';
import type { Leftover } from '../src/model/index.ts';
import { fakeContext } from './fakes/context.ts';
import { aPlan } from './fakes/values.ts';

const RUN = '20261121t081502-3f9a';
const LATER = new Date('2026-11-22T09:00:00.000Z');

const group = (name: string, image = 'web', deleting = false): Leftover => ({
  kind: 'resource-group',
  id: `/${name}`,
  name,
  tags: { 'regild-run': RUN, 'regild-image': image },
  deleting,
  holds: [],
});

const OWN_BUILD = group(`regild-web-${RUN}-mi8hx1k0`);
const OWN_TEST = group(`rg-regild-${RUN}-web-ab12`);
const OTHERS = [
  group(`regild-web-api-${RUN}-mi8hx1k0`, 'web-api'),
  group(`rg-regild-${RUN}-web-api-ab12`, 'web-api'),
  group(`regild-web-${RUN}-mi8hx1k1`, 'web', true),
  group(`IT_rg_regild-web-${RUN}_1`),
];

async function removed(stage: 'build' | 'validate', started: Date, remove: (one: Leftover) => void = () => {}) {
  const gone: string[] = [];
  const context = fakeContext({
    leftovers: {
      ofRun: async (_, run) => (run === RUN ? [OWN_BUILD, OWN_TEST, ...OTHERS] : []),
      remove: async (one) => {
        remove(one);
        gone.push(one.name);
      },
    },
  });
  const issues = await removeEarlierAttempts(aPlan(), stage, { ...context, run: { ...context.run, id: RUN, started } });
  return { gone, issues, notes: context.events.map((event) => 'text' in event && event.text) };
}

describe('a run that is continued deletes what its earlier attempts left of the image', () => {
  test.each([
    ['build', OWN_BUILD],
    ['validate', OWN_TEST],
  ] as const)('%s', async (stage, own) => {
    expect(await removed(stage, LATER)).toEqual({
      gone: [own.name],
      issues: [],
      notes: [`deleting ${own.name}, which an earlier attempt of this run left`],
    });
  });

  test('and what cannot be deleted is told', async () => {
    const locked = () => {
      throw new Error('the scope is locked');
    };
    expect((await removed('build', LATER, locked)).issues).toEqual([
      {
        severity: 'warning',
        code: 'EARLIER_ATTEMPT_LEFT',
        message: `the resource group ${OWN_BUILD.name}, which an earlier attempt left, could not be deleted: the scope is locked`,
        hint: 'it costs money while it stands: `regild sweep` deletes it when its deadline has passed',
        image: 'web',
      },
    ]);
  });
});

test('a run that has just begun has no earlier attempts, and looks for none', async () => {
  expect(await removed('build', new Date('2026-11-21T08:15:02.900Z'))).toEqual({ gone: [], issues: [], notes: [] });
});
