import { describe, expect, test } from 'vitest';
import { compareEntries, lockIssues, tellPinned } from '../../src/lock/compare.ts';
import { EMPTY_LOCK, pinSpec, resolvedEntry, updateLock, wishOf } from '../../src/lock/entry.ts';
import { entryOf, type Lock, type LockEntry } from '../../src/lock/lock.ts';
import { readLock } from '../../src/lock/read.ts';
import { lockFileOf, writeLock } from '../../src/lock/write.ts';
import { type ImageReport, type Issue, reportedAnalysis, reportedPlan } from '../../src/model/index.ts';
import { NOW } from '../fakes/context.ts';
import { aMatch, anAnalysis, aPlan, aSpec } from '../fakes/values.ts';

const ENTRY: LockEntry = {
  asked: { source: 'newest web-* of 123456789012 in eu-west-1', base: 'auto' },
  ami: { id: 'ami-0abc1234def567890', name: 'web-2026-11-01', region: 'eu-west-1', created: '2026-11-01T04:00:00.000Z' },
  base: { urn: 'Canonical:ubuntu-24_04-lts:server:24.04.202611010', generation: 'V2' },
  digest: 'a'.repeat(64),
  verified: '2026-11-01T08:00:00.000Z',
};
const HOSTILE = '${env("PATH")}"; rm -rf / #\n- x: \u202e';

const changed = (change: Partial<LockEntry>): LockEntry => ({ ...ENTRY, ...change });

describe('the text of a lock file', () => {
  test('is sorted, commented, and read back as it was', () => {
    const lock: Lock = { version: 1, images: { web: ENTRY, api: changed({ ami: { id: 'ami-0b', region: 'us-east-1' } }) } };
    const text = writeLock(lock, 'images.yaml');
    expect(text).toBe(`# What each image of images.yaml was resolved to: the AMI, the exact Marketplace base, and the digest of its plan.
# Written by \`regild plan --update-lock\`; commit it. \`regild build --locked\` builds exactly this, or refuses.

version: 1
images:
  api:
    asked:
      source: newest web-* of 123456789012 in eu-west-1
      base: auto
    ami:
      id: ami-0b
      region: us-east-1
    base:
      urn: Canonical:ubuntu-24_04-lts:server:24.04.202611010
      generation: V2
    digest: ${'a'.repeat(64)}
    verified: 2026-11-01T08:00:00.000Z
  web:
    asked:
      source: newest web-* of 123456789012 in eu-west-1
      base: auto
    ami:
      id: ami-0abc1234def567890
      name: web-2026-11-01
      region: eu-west-1
      created: 2026-11-01T04:00:00.000Z
    base:
      urn: Canonical:ubuntu-24_04-lts:server:24.04.202611010
      generation: V2
    digest: ${'a'.repeat(64)}
    verified: 2026-11-01T08:00:00.000Z
`);
    expect(readLock(text, 'images.lock.yaml')).toEqual(lock);
  });

  test('does not depend on the order in which images came', () => {
    const [one, other] = [ENTRY, changed({ digest: 'b'.repeat(64) })];
    expect(writeLock({ version: 1, images: { one, other } }, 'x')).toBe(writeLock({ version: 1, images: { other, one } }, 'x'));
  });

  test.each([HOSTILE, '1e3', 'yes', '2026-11-21', '&anchor', '*alias', '!!js/function', '"', "'", ' # x', 'x'.repeat(300)])(
    'holds an AMI named %j as data',
    (name) => {
      const lock: Lock = { version: 1, images: { web: changed({ ami: { ...ENTRY.ami, name }, digest: `${'0'.repeat(62)}e1` }) } };
      expect(readLock(writeLock(lock, 'images.yaml'), 'x')).toEqual(lock);
    },
  );

  test('names every problem with its place', () => {
    const text = writeLock({ version: 1, images: { web: ENTRY, api: ENTRY } }, 'images.yaml')
      .replace('version: 1', 'version: 2')
      .replace('id: ami-0abc1234def567890', 'id: i-1')
      .replace(/24.04.202611010\n {6}generation: V2\n {4}digest: a+\n {4}verified: .*\n$/, 'latest\n    digits: 1\n');
    expect(() => readLock(text, 'images.lock.yaml')).toThrow('images.lock.yaml cannot be read');
    const hint = 'take the last committed one, or delete the file and write it again with `regild plan --update-lock`';
    const at = (message: string, line: number, column: number) => ({
      ...{ severity: 'error', code: 'LOCK_INVALID', message, hint, place: { file: 'images.lock.yaml', line, column } },
    });
    expect(problems(text)).toEqual([
      at('version: invalid input: expected 1', 4, 10),
      at('images.api.ami.id: it must be an AMI id', 11, 11),
      at('images.web.base.urn: it must be publisher:offer:sku:version with an exact version', 30, 12),
      at('images.web.base.generation: invalid option: expected one of "V1"|"V2"', 30, 7),
      at('images.web.digest: invalid input: expected string, received undefined', 21, 5),
      at('images.web.verified: invalid input: expected string, received undefined', 21, 5),
      at('images.web: unrecognized key: "digits"', 21, 5),
    ]);
  });

  test.each([
    ['', 'the file: invalid input: expected object, received null', 1, 1],
    ['<<<<<<< HEAD\nversion: 1\n', 'not valid YAML: implicit keys need to be on a single line', 1, 1],
    ['version: 1\nversion: 1\n', 'not valid YAML: map keys must be unique', 2, 1],
    ['[', 'not valid YAML: flow sequence must end with a ]', 1, 2],
  ])('%j is refused', (text, message, line, column) => {
    expect(problems(text)[0]).toMatchObject({ message: expect.stringContaining(message), place: { line, column } });
  });

  function problems(text: string): readonly unknown[] {
    try {
      readLock(text, 'images.lock.yaml');
      return [];
    } catch (error) {
      return error instanceof Error && 'issues' in error && Array.isArray(error.issues) ? error.issues : [error];
    }
  }
});

test.each([
  ['images.yaml', 'images.lock.yaml'],
  ['fleets/prod.yml', 'fleets/prod.lock.yaml'],
  ['fleet', 'fleet.lock.yaml'],
])('%s has the lock file %s', (manifest, lock) => {
  expect(lockFileOf(manifest)).toBe(lock);
});

describe('what is recorded', () => {
  const report = (change: Partial<ImageReport>): ImageReport => ({
    kind: 'ImageReport',
    schemaVersion: 1,
    image: 'web',
    outcome: 'ready',
    exitCode: 0,
    stage: 'render',
    timings: {},
    issues: [],
    ...change,
  });

  test('is the wish, the AMI, the exact base and the digest', () => {
    const walked = report({ analysis: reportedAnalysis(anAnalysis()), match: aMatch(), plan: reportedPlan(aPlan()) });
    const { id, name, region, created } = anAnalysis().ami;
    expect(resolvedEntry(aSpec(), walked, NOW)).toEqual({
      asked: wishOf(aSpec()),
      ami: { id, name, region, created },
      base: { urn: 'Canonical:ubuntu-24_04-lts:server:24.04.202611010', generation: 'V2' },
      digest: 'd'.repeat(64),
      verified: NOW.toISOString(),
    });
  });

  test.each([{}, { analysis: reportedAnalysis(anAnalysis()) }, { analysis: reportedAnalysis(anAnalysis()), match: aMatch() }])(
    'is nothing before there is a plan (%#)',
    (change) => {
      expect(resolvedEntry(aSpec(), report(change), NOW)).toBeUndefined();
    },
  );

  test.each([
    [{ kind: 'ami', id: 'ami-1', region: 'eu-west-1' } as const, 'ami-1 in eu-west-1'],
    [{ kind: 'search', owner: 'self', name: 'web-*', region: 'eu-west-1' } as const, 'newest web-* of self in eu-west-1'],
    [
      { kind: 'search', owner: 'self', name: 'web-*', architecture: 'arm64', region: 'eu-west-1' } as const,
      'newest web-* arm64 of self in eu-west-1',
    ],
    [{ kind: 'ssm', parameter: '/aws/service/x', region: 'eu-west-1' } as const, '/aws/service/x in eu-west-1'],
  ])('%j is the wish %j', (source, text) => {
    expect(wishOf(aSpec({ source, base: 'a:b:c' }))).toEqual({ source: text, base: 'a:b:c' });
  });
});

describe('comparing', () => {
  test.each([
    ['the same', { verified: '2027-01-01T00:00:00.000Z' }, []],
    [
      'a newer AMI: its digest goes without saying',
      { ami: { id: 'ami-0bbb', name: 'web-2026-12-01', region: 'eu-west-1' }, digest: 'b'.repeat(64) },
      [
        {
          what: 'AMI',
          was: 'ami-0abc1234def567890 "web-2026-11-01" in eu-west-1 of 2026-11-01T04:00:00.000Z',
          is: 'ami-0bbb "web-2026-12-01" in eu-west-1',
        },
      ],
    ],
    [
      'another base of another generation',
      { base: { urn: 'Canonical:ubuntu-24_04-lts:server-gen1:1.0.0', generation: 'V1' as const } },
      [
        { what: 'base', was: ENTRY.base.urn, is: 'Canonical:ubuntu-24_04-lts:server-gen1:1.0.0' },
        { what: 'generation', was: 'V2', is: 'V1' },
      ],
    ],
    [
      'another wish and another recipe',
      { asked: { source: 'ami-1 in eu-west-1', base: 'a:b:c' }, digest: 'b'.repeat(64) },
      [
        { what: 'asked source', was: ENTRY.asked.source, is: 'ami-1 in eu-west-1' },
        { what: 'asked base', was: 'auto', is: 'a:b:c' },
        { what: 'digest', was: 'a'.repeat(64), is: 'b'.repeat(64) },
      ],
    ],
  ])('%s', (_name, change, drifts) => {
    expect(compareEntries(ENTRY, changed(change))).toEqual(drifts);
  });
});

describe('what is said', () => {
  const say = (locked: LockEntry | undefined, resolved: LockEntry | undefined, strict: boolean) =>
    lockIssues({ image: 'web', locked, resolved }, 'images.lock.yaml', strict);
  const other = changed({ asked: { source: 'ami-1 in eu-west-1', base: 'auto' }, digest: 'b'.repeat(64) });

  test('nothing where all is as it was', () => {
    expect([...say(ENTRY, ENTRY, false), ...say(ENTRY, ENTRY, true)]).toEqual([]);
  });

  test('drift as warnings', () => {
    const hint = 'take it over with `regild plan web --update-lock`, or build with `--locked` what the file has';
    expect(say(ENTRY, other, false)).toEqual([
      {
        severity: 'warning',
        code: 'LOCK_DRIFT',
        message:
          'the manifest asks for the source ami-1 in eu-west-1, but images.lock.yaml was made for newest web-* of 123456789012 in eu-west-1',
        hint,
        image: 'web',
      },
      {
        severity: 'warning',
        code: 'LOCK_DRIFT',
        message:
          'the plan is another one than images.lock.yaml has (digest bbbbbbbbbbbb… instead of aaaaaaaaaaaa…): recipe, wishes, catalog or guest scripts changed',
        hint,
        image: 'web',
      },
    ]);
  });

  test('held to the lock, drift is an error', () => {
    const moved = changed({ base: { urn: 'a:b:c:2.0.0', generation: 'V2' } });
    expect(say(ENTRY, moved, true)).toEqual([
      {
        severity: 'error',
        code: 'LOCK_DRIFT',
        message: `the base is a:b:c:2.0.0, but images.lock.yaml has ${ENTRY.base.urn}`,
        hint: 'put it back, or take it over with `regild plan web --update-lock`',
        image: 'web',
      },
    ]);
  });

  test.each([
    [false, 'warning'],
    [true, 'error'],
  ])('an image without an entry (strict: %s)', (strict, severity) => {
    expect(say(undefined, ENTRY, strict)).toEqual([
      {
        severity,
        code: 'LOCK_MISSING',
        message: 'images.lock.yaml has no entry for web',
        hint: 'add it with `regild plan web --update-lock`',
        image: 'web',
      },
    ]);
  });

  test('an image that could not be resolved keeps a strict fleet from starting, and is its own problem otherwise', () => {
    expect(say(ENTRY, undefined, false)).toEqual([]);
    expect(say(ENTRY, undefined, true)).toEqual([
      {
        severity: 'error',
        code: 'LOCK_UNRESOLVED',
        message: `web cannot be planned from what images.lock.yaml has: AMI ami-0abc1234def567890, base ${ENTRY.base.urn}`,
        hint: 'mend the other problem of the image, or resolve it anew with `regild plan web --update-lock`',
        image: 'web',
      },
    ]);
  });
});

describe('what is told of an image that is held to the lock', () => {
  const issue = (code: Issue['code']): Issue => ({
    severity: 'error',
    code,
    message: 'm',
    hint: 'change `base:` in images.yaml',
    image: 'web',
  });

  test.each(['AMI_NOT_FOUND', 'BASE_INVALID', 'BASE_UNFIT', 'BASE_NOT_SOLD', 'BASE_UNCATALOGUED', 'VERSION_UNLISTED'] as const)(
    '%s is mended in the lock file',
    (code) => {
      expect(tellPinned(issue(code), 'images.lock.yaml')).toEqual({
        ...issue(code),
        hint: 'images.lock.yaml pins it: resolve it anew with `regild plan web --update-lock`',
      });
    },
  );

  test('anything else is mended where it says', () => {
    expect(tellPinned(issue('PREFLIGHT_QUOTA'), 'images.lock.yaml')).toEqual(issue('PREFLIGHT_QUOTA'));
  });
});

test('a pinned spec names the AMI and the exact base, and stays as it is without an entry', () => {
  const spec = aSpec({ source: { kind: 'search', owner: 'self', name: 'web-*', region: 'eu-west-1' } });
  expect(pinSpec(spec, undefined)).toBe(spec);
  expect(pinSpec(spec, ENTRY)).toEqual({
    ...spec,
    source: { kind: 'ami', id: 'ami-0abc1234def567890', region: 'eu-west-1' },
    base: 'Canonical:ubuntu-24_04-lts:server:24.04.202611010',
  });
});

describe('updating', () => {
  const old: Lock = { version: 1, images: { web: ENTRY, api: ENTRY, gone: ENTRY } };
  const later = changed({ verified: '2026-12-01T00:00:00.000Z' });

  test('takes over what changed, keeps what was not looked at, drops what the manifest has no more', () => {
    const rebuilt = { ...later, digest: 'b'.repeat(64) };
    expect(updateLock(old, { web: rebuilt }, ['web', 'api'])).toEqual({ version: 1, images: { web: rebuilt, api: ENTRY } });
  });

  test('leaves an entry that says the same untouched, with its time', () => {
    expect(updateLock(old, { web: later }, ['web', 'api', 'gone'])).toEqual(old);
  });

  test('an image may be named like anything', () => {
    expect(entryOf(EMPTY_LOCK, 'constructor')).toBeUndefined();
    expect(updateLock(EMPTY_LOCK, { constructor: ENTRY }, ['constructor'])).toEqual({ version: 1, images: { constructor: ENTRY } });
  });
});
