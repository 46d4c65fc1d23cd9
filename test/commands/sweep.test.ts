import { Command as Program } from 'commander';
import { expect, test } from 'vitest';
import { SANDBOX_SUBSCRIPTION } from '../../src/commands/clouds.ts';
import type { Io } from '../../src/commands/command.ts';
import { sweepVerb } from '../../src/commands/sweep.ts';
import { sweepJson, sweepText } from '../../src/commands/sweep-text.ts';
import { exitCodeOf } from '../../src/exit-code.ts';
import type { ExitCode, Leftover } from '../../src/model/index.ts';
import type { Sweep, SweptItem } from '../../src/sweep/index.ts';

const RUN = '20261119t081502-3f9a';
const group: Leftover = {
  kind: 'resource-group',
  id: '/subscriptions/one/resourceGroups/rg',
  name: `rg-regild-${RUN}-web-ab12`,
  tags: {},
  deleting: false,
  holds: [],
};
const version: Leftover = {
  kind: 'gallery-version',
  id: '/version',
  name: '2026.1119.0',
  tags: {},
  deleting: false,
  ref: { subscription: 'one', resourceGroup: 'rg', gallery: 'gal', definition: 'web', version: '2026.1119.0' },
  excludeFromLatest: true,
  regions: [],
};

const item = (change: Partial<SweptItem>): SweptItem => ({
  leftover: group,
  run: RUN,
  started: new Date('2026-11-19T08:15:02.000Z'),
  deadline: new Date('2026-11-20T08:15:02.000Z'),
  risk: 'compute',
  size: '1 virtual machine',
  action: 'delete',
  reason: 'its deadline passed 24 hours ago',
  outcome: 'deleted',
  ...change,
});

const SWEEP: Sweep = {
  items: [
    item({}),
    item({
      leftover: version,
      run: 'evil\u001b[2J',
      started: undefined,
      risk: 'storage',
      size: '1 replica',
      outcome: 'kept',
      action: 'keep',
    }),
  ],
  issues: [],
};

test('the list as text shows what each thing is, costs and why, and nothing that a terminal would obey', () => {
  expect(sweepText(SWEEP)).toBe(
    [
      `deleted    group     rg-regild-${RUN}-web-ab12`,
      `           run ${RUN} of 2026-11-19T08:15Z, 1 virtual machine, costs by the hour; its deadline passed 24 hours ago`,
      'kept       version   gal/web/2026.1119.0',
      '           run evil\\u001b[2J, 1 replica, costs storage; its deadline passed 24 hours ago',
      '1 deleted, 1 kept',
      '',
    ].join('\n'),
  );
});

test('the list as JSON', () => {
  expect(JSON.parse(sweepJson({ ...SWEEP, items: SWEEP.items.slice(0, 1) }))).toEqual({
    kind: 'SweepResult',
    schemaVersion: 1,
    items: [
      {
        kind: 'resource-group',
        id: '/subscriptions/one/resourceGroups/rg',
        name: `rg-regild-${RUN}-web-ab12`,
        run: RUN,
        started: '2026-11-19T08:15:02.000Z',
        deadline: '2026-11-20T08:15:02.000Z',
        risk: 'compute',
        size: '1 virtual machine',
        action: 'delete',
        reason: 'its deadline passed 24 hours ago',
        outcome: 'deleted',
      },
    ],
    issues: [],
  });
});

/** Runs the verb and gives its exit code, or the message of its refusal, and what it printed. */
async function command(...words: readonly string[]) {
  let out = '';
  let code: ExitCode | undefined;
  const io = {
    environment: {},
    folder: import.meta.dirname,
    tell: (text: string) => {
      out += text;
    },
    out: (text: string) => {
      out += text;
    },
    diagnostics: { write: () => true },
    interactive: false,
    color: false,
    signal: new AbortController().signal,
  } as unknown as Io;
  const program = new Program('sweep').exitOverride().configureOutput({ writeErr: () => {} });
  sweepVerb(program, async (work) => {
    code = await work(io);
  });
  const refusal = await program.parseAsync(words, { from: 'user' }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { out, code, refusal };
}

test('in a fresh sandbox nothing is left behind', async () => {
  const words = ['--sandbox', '--subscription', SANDBOX_SUBSCRIPTION, '--older-than', '24h'];
  expect(await command(...words)).toEqual({ out: 'nothing is left behind\n', code: 0, refusal: undefined });
  expect(await command(...words, '--json')).toEqual({
    out: expect.stringMatching(/"items": \[\],\n {2}"issues": \[\]\n\}\n$/),
    code: 0,
    refusal: undefined,
  });
});

test('where Azure may not be asked, nothing is said to be gone, and the exit code is that of the refusal', async () => {
  const denied = { severity: 'error', code: 'CLOUD_DENIED', message: 'Azure refused to list' } as const;
  expect(sweepText({ items: [], issues: [denied] })).toBe('nothing was found, and not everything could be looked at\n');
  expect(sweepText({ items: [], issues: [] })).toBe('nothing is left behind\n');
  expect(exitCodeOf({ images: [], issues: [denied, denied] })).toBe(4);
});

test('with a manifest the definitions of its images are looked at', async () => {
  expect(await command('--manifest', '../../images.yaml')).toMatchObject({ out: 'nothing is left behind\n', code: 0 });
});

test.each(['24', 'h', '-1h', '1y', '1.5h'])('an age of %j is refused', async (age) => {
  const { code, refusal } = await command(`--older-than=${age}`);
  expect([code, refusal]).toEqual([undefined, expect.stringContaining('it is a number with m, h, d or w')]);
});
