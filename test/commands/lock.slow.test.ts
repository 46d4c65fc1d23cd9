import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildVerb, planVerb } from '../../src/commands/walk-verbs.ts';
import { ImageSpec, type Issue, Report } from '../../src/model/index.ts';
import { call, fakeIo } from './fake-io.ts';

const OLDER = 'Canonical:ubuntu-24_04-lts:server:24.04.202605110';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regild-lock-'));
  await edit('images.yaml', await readFile(join(import.meta.dirname, 'fleet.yaml'), 'utf8'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = (file: string) => readFile(join(folder, file), 'utf8');
const edit = (file: string, text: string) => writeFile(join(folder, file), text);

async function walk(verb: typeof planVerb, ...words: readonly string[]) {
  const heard = fakeIo(folder);
  const code = await call(verb, [...words, '--sandbox', '--json'], heard);
  const { images } = Report.parse(JSON.parse(heard.stdout()));
  const lock = images.flatMap(({ issues }) => issues).filter((issue) => issue.code.startsWith('LOCK_'));
  return { code, images, lock: lock.map(sayIssue), stderr: heard.stderr() };
}

function sayIssue({ severity, code, message }: Issue): string {
  return `${severity} ${code}: ${message}`;
}

test('without a lock file nothing is said of it, and --locked refuses', async () => {
  expect((await walk(planVerb, 'web-golden')).lock).toEqual([]);
  await expect(walk(planVerb, 'web-golden', '--locked')).rejects.toMatchObject({
    code: 'LOCK_NOT_FOUND',
    message: 'there is no lock file images.lock.yaml',
  });
});

test('--update-lock writes what was resolved; a second time changes nothing; --locked plans the same', async () => {
  const updated = await walk(planVerb, 'web-golden', 'hostile', '--update-lock');
  const written = await read('images.lock.yaml');
  expect(updated.stderr).toMatch(/lock file {3}images\.lock\.yaml\n$/);
  const again = await walk(planVerb, 'web-golden', '--update-lock');
  expect(again.stderr).toMatch(/lock file {3}images\.lock\.yaml is up to date\n$/);
  expect(await read('images.lock.yaml')).toBe(written);

  const locked = await walk(planVerb, 'web-golden', 'hostile', '--locked');
  expect([locked.code, locked.lock, locked.images.map(({ outcome }) => outcome)]).toEqual([0, [], ['ready', 'ready']]);
  expect(locked.images.map(({ plan }) => plan?.digest)).toEqual(updated.images.map(({ plan }) => plan?.digest));
});

test('the run folder keeps the wish of the manifest, not the pin', async () => {
  await walk(planVerb, 'web-golden', '--update-lock');
  const { images } = await walk(buildVerb, 'web-golden', '--locked', '--until', 'build', '--runs', 'locked');
  const [run = ''] = await readdir(join(folder, 'locked'));
  const spec = ImageSpec.parse(JSON.parse(await read(`locked/${run}/web-golden/00-spec.json`)));
  expect([spec.source.kind, spec.base, images[0]?.analysis?.ami.id]).toEqual(['search', 'auto', 'ami-064b0f5e3937918bf']);
});

test('--locked keeps to an older base that is still sold, and a plain plan only says that there is a newer one', async () => {
  const manifest = await read('images.yaml');
  await edit('images.yaml', manifest.replace('web-golden-*, region: eu-west-1 }', `web-golden-*, region: eu-west-1 }\n    base: ${OLDER}`));
  expect((await walk(planVerb, 'web-golden', '--update-lock')).code).toBe(0);
  await edit('images.yaml', manifest);
  await edit('images.lock.yaml', (await read('images.lock.yaml')).replace(`base: ${OLDER}`, 'base: auto'));

  const locked = await walk(planVerb, 'web-golden', '--locked');
  expect([locked.code, locked.lock, locked.images[0]?.plan?.base.urn.version]).toEqual([0, [], '24.04.202605110']);
  const free = await walk(planVerb, 'web-golden');
  expect([free.code, free.images[0]?.outcome, free.lock]).toEqual([
    0,
    'ready',
    [`warning LOCK_DRIFT: the base is Canonical:ubuntu-24_04-lts:server:24.04.202610120, but images.lock.yaml has ${OLDER}`],
  ]);
});

test('--locked asks for the AMI by its locked id', async () => {
  await walk(planVerb, 'web-golden', '--update-lock');
  await edit('images.lock.yaml', (await read('images.lock.yaml')).replaceAll('ami-064b0f5e3937918bf', 'ami-0a29fcd957159f835'));
  const { code, images, lock } = await walk(buildVerb, 'web-golden', '--locked');
  expect([code, images[0]?.analysis?.ami.id]).toEqual([2, 'ami-0a29fcd957159f835']);
  expect(lock).toEqual([
    'error LOCK_DRIFT: the AMI is ami-0a29fcd957159f835 "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260915" in eu-west-1 of ' +
      `${images[0]?.analysis?.ami.created}, but images.lock.yaml has ami-0a29fcd957159f835 "web-golden-2026-10-01" in eu-west-1 of 2026-10-01T04:12:57.000Z`,
  ]);
});

test('--locked says all that does not fit at once, and starts nothing, also not what fits', async () => {
  await walk(planVerb, 'web-golden', 'no-such-ami', '--update-lock');
  const entry = (await read('images.lock.yaml')).split('\n').slice(5);
  const gone = entry.map((line) => line.replace('  web-golden:', '  no-such-ami:').replace(/ami-\w+/, 'ami-0123456789abcdef0'));
  await edit('images.lock.yaml', [...(await read('images.lock.yaml')).trimEnd().split('\n'), ...gone].join('\n'));
  const { code, images, lock } = await walk(buildVerb, 'web-golden', 'hostile', 'no-such-ami', '--locked');
  expect(lock).toEqual([
    'error LOCK_UNRESOLVED: no-such-ami cannot be planned from what images.lock.yaml has: ' +
      'AMI ami-0123456789abcdef0, base Canonical:ubuntu-24_04-lts:server:24.04.202610120',
    'error LOCK_MISSING: images.lock.yaml has no entry for hostile',
  ]);
  expect(images[1]?.issues.find(({ code }) => code === 'AMI_NOT_FOUND')?.hint).toBe(
    'images.lock.yaml pins it: resolve it anew with `regild plan no-such-ami --update-lock`',
  );
  expect([code, images.map(({ image, outcome, build }) => [image, outcome, build])]).toEqual([
    2,
    [
      ['web-golden', 'ready', undefined],
      ['no-such-ami', 'failed', undefined],
      ['hostile', 'blocked', undefined],
    ],
  ]);
});

test('an edited recipe is drift: a warning for a plan, and the end of a locked build', async () => {
  await walk(planVerb, 'web-golden', '--update-lock');
  const manifest = await read('images.yaml');
  await edit(
    'images.yaml',
    manifest.replace('web-golden-*, region: eu-west-1 }', 'web-golden-*, region: eu-west-1 }\n    customize: [{ packages: [nginx] }]'),
  );
  const [free, locked] = [await walk(planVerb, 'web-golden'), await walk(buildVerb, 'web-golden', '--locked')];
  expect([free.code, free.images[0]?.outcome, free.lock]).toEqual([
    0,
    'ready',
    [expect.stringMatching(/^warning LOCK_DRIFT: the plan is another one than images\.lock\.yaml has \(digest /)],
  ]);
  expect([locked.code, locked.images[0]?.outcome, locked.lock]).toEqual([
    2,
    'blocked',
    [expect.stringMatching(/^error LOCK_DRIFT: the plan is another one than images\.lock\.yaml has \(digest /)],
  ]);
});

test('an update drops what the manifest has no more, and keeps what was not planned', async () => {
  await walk(planVerb, 'web-golden', 'hostile', '--update-lock');
  await edit('images.yaml', (await read('images.yaml')).replace('  hostile:', '  other:'));
  await walk(planVerb, 'other', '--update-lock');
  expect((await read('images.lock.yaml')).match(/^ {2}\S+:$/gm)).toEqual(['  other:', '  web-golden:']);
});

test('a broken lock file stops the verb before any cloud is asked, and is not overwritten', async () => {
  await edit('images.lock.yaml', '<<<<<<< HEAD\n');
  for (const words of [[], ['--locked'], ['--update-lock']]) {
    await expect(walk(planVerb, 'web-golden', ...words)).rejects.toMatchObject({
      code: 'LOCK_INVALID',
      message: 'images.lock.yaml cannot be read',
    });
  }
  await expect(access(join(folder, '.regild'))).rejects.toThrow('ENOENT');
  expect(await read('images.lock.yaml')).toBe('<<<<<<< HEAD\n');
});

test('--locked and --update-lock exclude each other', async () => {
  await expect(walk(planVerb, 'web-golden', '--locked', '--update-lock')).rejects.toMatchObject({ code: 'commander.conflictingOption' });
});
