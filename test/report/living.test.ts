import { expect, test } from 'vitest';
import { statusOf } from '../../src/living/status.ts';
import type { FleetStatus, RefreshReport, VersionActions } from '../../src/model/index.ts';
import { renderRefresh } from '../../src/report/refresh.ts';
import { renderRefreshHtml } from '../../src/report/refresh-html.ts';
import { renderStatus } from '../../src/report/status/index.ts';
import { renderActions } from '../../src/report/version-actions.ts';
import { anActual, aUser, aWish, NOW, released } from '../living/values.ts';

const CURRENT = released(10, { endOfLife: '2027-05-09T08:00:00.000Z' });
const BEFORE = released(5);
const release = { distro: 'ubuntu', version: '24.04', support: { standard: '2029-05-31', extended: '2034-04-25' } } as never;

/** An image that is too old, waits for its blackout, and has a machine that runs it. */
function status(): FleetStatus {
  const refresh = { every: '7d', on: ['age'], blackout: ['2026-11-20/2026-11-24'], timeZone: 'UTC', urgent: [] } as const;
  const actual = anActual([BEFORE, CURRENT], { users: [aUser(CURRENT)] });
  const looked = { wish: { ...aWish({ refresh, endOfLife: '180d' }), release }, actual, issues: [] };
  return { kind: 'FleetStatus', schemaVersion: 1, at: NOW.toISOString(), images: [statusOf(looked, NOW)] };
}

const WAITS =
  'too-old: version 2026.1110.0 is 11 days old, and refresh.every is 7d (waits: the blackout 2026-11-20/2026-11-24 (UTC) holds until 2026-11-25 00:00Z)';

test('status as text: versions with regions, users and origin, what latest is and how old, what waits, blackout and support', () => {
  expect(renderStatus(status(), 'text').split('\n')).toEqual([
    'web  gal/web',
    '  2026.1110.0     released    2026-11-10 08:00Z  northeurope ×1 latest, westeurope ×2 latest  1 user  from ami-0abc1234def567890',
    '  2026.1105.0     released    2026-11-05 08:00Z  northeurope ×1, westeurope ×2  0 users  from ami-0abc1234def567890',
    '  latest is 2026.1110.0, 11 days old, end of life 2027-05-09 08:00Z',
    `  ${WAITS}`,
    '  blackout 2026-11-20/2026-11-24 until 2026-11-25 00:00Z',
    '  ubuntu 24.04: standard support until 2029-05-31, extended until 2034-04-25',
    '',
  ]);
});

test('status as Markdown', () => {
  const base = '`Canonical:ubuntu-24_04-lts:server:24.04.202611010`';
  expect(renderStatus(status(), 'markdown').split('\n')).toEqual([
    '# Images on 2026-11-21 08:15Z',
    '',
    '## web',
    '',
    '`gal/web`',
    '',
    '- latest is 2026.1110.0, 11 days old, end of life 2027-05-09 08\\:00Z',
    `- ${WAITS.replace('00:00Z', '00\\:00Z')}`,
    '- blackout 2026-11-20/2026-11-24 until 2026-11-25 00\\:00Z',
    '- ubuntu 24.04: standard support until 2029-05-31, extended until 2034-04-25',
    '',
    '| version | state | published | regions | users | AMI | base |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    `| \`2026.1110.0\` | released | 2026-11-10 08:00Z | northeurope ×1 latest, westeurope ×2 latest | 1 user | \`ami-0abc1234def567890\` | ${base} |`,
    `| \`2026.1105.0\` | released | 2026-11-05 08:00Z | northeurope ×1, westeurope ×2 | 0 users | \`ami-0abc1234def567890\` | ${base} |`,
    '',
  ]);
});

test('status as a page: the calendar in its order, which version is latest in which region, and the origin of each version', () => {
  const rows = [...renderStatus(status(), 'html').matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd](?: [^>]*)?>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell),
  );
  const chips = (tone: string, ...dates: readonly (readonly [string, string])[]) =>
    dates.map(([day, what]) => `<span class="chip ${tone}"><b>${day}</b> ${what}</span>`).join('');
  const base = 'Canonical:ubuntu-24_04-lts:server:24.04.202611010';
  expect(rows).toEqual([
    ['image', 'within a week', 'within a year', 'later'],
    [
      'web',
      chips('warn', ['2026-11-25', WAITS], ['2026-11-25', 'blackout 2026-11-20/2026-11-24 ends']),
      chips('soft', ['2027-05-09', 'end of life of version 2026.1110.0']),
      chips('soft', ['2029-05-31', 'standard support of ubuntu 24.04 ends'], ['2034-04-25', 'extended support of ubuntu 24.04 ends']),
    ],
    ['2026-11-25 00:00Z', 'web', WAITS],
    ['2026-11-25 00:00Z', 'web', 'blackout 2026-11-20/2026-11-24 ends'],
    ['2027-05-09 08:00Z', 'web', 'end of life of version 2026.1110.0'],
    ['2029-05-31 00:00Z', 'web', 'standard support of ubuntu 24.04 ends'],
    ['2034-04-25 00:00Z', 'web', 'extended support of ubuntu 24.04 ends'],
    ['image', 'northeurope', 'westeurope'],
    ['web', '2026.1110.0', '2026.1110.0'],
    ['version', 'state', 'published', 'regions', 'users', 'AMI', 'base'],
    [
      '2026.1110.0',
      'released',
      '2026-11-10 08:00Z',
      'northeurope ×1 latest, westeurope ×2 latest',
      '1 user',
      'ami-0abc1234def567890',
      base,
    ],
    ['2026.1105.0', 'released', '2026-11-05 08:00Z', 'northeurope ×1, westeurope ×2', '0 users', 'ami-0abc1234def567890', base],
  ]);
});

test('what refresh found and did', () => {
  const drift = { kind: 'too-old', reason: 'it is old' } as const;
  const report: RefreshReport = {
    kind: 'RefreshReport',
    schemaVersion: 1,
    at: NOW.toISOString(),
    items: [
      { image: 'web', action: 'rebuild', outcome: 'published', run: 'run-1', drifts: [drift], changes: ['it is shared'], issues: [] },
      { image: 'db', action: 'wait', outcome: 'waiting', drifts: [drift], held: '--max 1 is reached', changes: [], issues: [] },
      { image: 'api', action: 'none', outcome: 'unchanged', drifts: [], changes: [], issues: [] },
    ],
  };
  expect(renderRefresh(report, 'text')).toBe(
    'web: rebuild published in run run-1\n  too-old: it is old\n  mended: it is shared\ndb: waiting\n  too-old: it is old\n  waits: --max 1 is reached\napi: unchanged\n',
  );
  expect(renderRefresh(report, 'markdown')).toBe(
    '# Refresh\n\n## web: `rebuild published in run run-1`\n\n- too-old: it is old\n- mended: it is shared\n\n## db: `waiting`\n\n- too-old: it is old\n- waits: --max 1 is reached\n\n## api: `unchanged`\n',
  );
});

test('what was done to versions, who runs them, and what a failure left', () => {
  const action = { image: 'web', definition: 'gal/web', version: '2026.1110.0', reason: 'boots slowly' } as const;
  const actions: VersionActions = {
    kind: 'VersionActions',
    schemaVersion: 1,
    verb: 'rollback',
    at: NOW.toISOString(),
    actions: [
      { ...action, action: 'promote', regions: ['westeurope'], outcome: 'done' },
      { ...action, action: 'withdraw', outcome: 'due' },
      { ...action, action: 'delete', outcome: 'failed' },
      { ...action, action: 'keep', outcome: 'kept' },
    ],
    users: [{ image: 'web', version: '2026.1110.0', kind: 'scale-set', id: '/machines/vm-1', name: 'vm-1', location: 'westeurope' }],
    advice: ['make them again from latest'],
    issues: [],
  };
  expect(renderActions(actions, 'text').split('\n')).toEqual([
    'promoted  gal/web/2026.1110.0 in westeurope: boots slowly',
    'would withdraw gal/web/2026.1110.0: boots slowly',
    'failed to delete gal/web/2026.1110.0: boots slowly',
    'kept      gal/web/2026.1110.0: boots slowly',
    'runs it   scale set vm-1 in westeurope runs 2026.1110.0 (/machines/vm-1)',
    'note      make them again from latest',
    '',
  ]);
});

test('what a refresh would do as a page: the most urgent first, with why, what holds it, and the calendar', () => {
  const drift = { kind: 'too-old', reason: 'it is <old>' } as const;
  const item = { drifts: [drift], changes: [], issues: [] } as const;
  const report: RefreshReport = {
    kind: 'RefreshReport',
    schemaVersion: 1,
    at: NOW.toISOString(),
    items: [
      { ...item, image: 'web', action: 'rebuild', outcome: 'due' },
      { ...item, image: 'db', action: 'wait', outcome: 'waiting', held: '--max 1 is reached' },
      { ...item, image: 'api', action: 'none', outcome: 'unchanged', drifts: [] },
    ],
  };
  const page = renderRefreshHtml(report, status().images);
  const rows = [...page.matchAll(/<tr><th scope="row">(\w+)<\/th><td data-label="to do" class="(\w+)">(.*?)<\/td>/g)].map(
    ([, ...cells]) => cells,
  );
  expect(rows).toEqual([
    ['web', 'warn', 'rebuild'],
    ['db', 'soft', 'wait'],
    ['api', 'good', 'unchanged'],
  ]);
  expect([
    page.includes('1 of 3 images due on '),
    page.includes('too-old: it is &lt;old&gt;'),
    page.includes('waits: --max 1 is reached'),
  ]).toEqual([true, true, true]);
  expect(page).toContain('<h2>Calendar</h2>');
  expect(page).not.toContain('<script');
});
