import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { defineMatrix } from '../../src/commands/ci/matrix.ts';
import { ImageMatrix } from '../../src/model/index.ts';
import { inFolder } from './command-line.ts';
import { call, fakeIo } from './fake-io.ts';

const MANIFEST = `version: 1
defaults:
  source: { owner: '123456789012', region: eu-west-1 }
  target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg, gallery: gal, location: northeurope }
images:
  web:
    source: { name: web-* }
    customize: [{ file: { from: ./files/motd, to: /etc/motd } }]
    checks: { add: [{ id: app-answers, title: the app answers, shell: { script: checks/app.sh } }] }
  db:
    source: { name: db-* }
    customize: [{ puppet: { manifest: ../shared/site.pp } }]
`;
const FILES = { 'images.yaml': MANIFEST, 'files/motd': 'hi', 'checks/app.sh': 'true', '../shared/site.pp': '', '../README.md': '' };

interface Repo {
  readonly folder: string;
  readonly git: (...words: readonly string[]) => void;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  readonly matrix: (...words: readonly string[]) => Promise<string>;
}

/** A repository whose manifest lies in a folder below its root, with one commit that is tagged `start`. */
function inRepository(use: (repo: Repo) => Promise<void>): Promise<void> {
  return inFolder({}, async (root) => {
    const folder = join(root, 'fleet');
    await mkdir(folder);
    const environment = { PATH: process.env.PATH, HOME: root };
    const author = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main'];
    const git: Repo['git'] = (...words) =>
      void execFileSync('git', [...author, ...words], { cwd: folder, env: environment, stdio: 'pipe' });
    const write: Repo['write'] = async (files) => {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
    };
    const matrix: Repo['matrix'] = async (...words) => {
      const heard = fakeIo(folder, environment);
      await call(defineMatrix, words, heard);
      return heard.stdout();
    };
    git('init', '-q', '..');
    await write(FILES);
    git('add', '-A', ':/');
    git('commit', '-qm', 'start');
    git('tag', 'start');
    await use({ folder, git, write, matrix });
  });
}

test('without a question every image, or those that are named', () =>
  inRepository(async ({ matrix }) => {
    const row = { awsRegion: 'eu-west-1', subscription: '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f', location: 'northeurope' };
    expect(JSON.parse(await matrix())).toEqual({
      include: [
        { image: 'web', ...row },
        { image: 'db', ...row },
      ],
    });
    expect(await matrix('db', '--format', 'plain')).toBe('db\n');
  }));

const PIN = `version: 1
images:
  db:
    asked: { source: a, base: auto }
    ami: { id: ami-0d8f707e38a9c6d7b, region: eu-west-1 }
    base: { urn: 'Canonical:ubuntu-24_04-lts:server:24.4.1', generation: V2 }
    digest: ${'a'.repeat(64)}
    verified: '2026-11-20T00:00:00.000Z'
`;

const CASES: readonly (readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  images: Readonly<Record<string, readonly string[]>>,
])[] = [
  ['nothing', {}, {}],
  ['a file that no image names', { '../README.md': 'x', 'files/other': 'x' }, {}],
  ['lines that move', { 'images.yaml': `# hello\n${MANIFEST}` }, {}],
  ['an entry', { 'images.yaml': MANIFEST.replace('name: db-*', 'name: db2-*') }, { db: ['its entry in the manifest'] }],
  [
    'the defaults',
    { 'images.yaml': MANIFEST.replace('location: northeurope', 'location: westeurope') },
    { web: ['its entry in the manifest'], db: ['its entry in the manifest'] },
  ],
  [
    'a new image',
    { 'images.yaml': `${MANIFEST}  app: { source: { name: app-* } }\n` },
    { app: ['it is not in the earlier manifest, or not valid there'] },
  ],
  ['a file of a step', { 'files/motd': 'ho' }, { web: ['files/motd'] }],
  ['the script of a check', { 'checks/app.sh': 'false' }, { web: ['checks/app.sh'] }],
  ['a file above the manifest', { '../shared/site.pp': 'x' }, { db: ['../shared/site.pp'] }],
  ['what the lock file pins', { 'images.lock.yaml': PIN }, { db: ['its entry in the lock file'] }],
];

test.each(CASES)('changed since a commit: %s, committed or not', (_, files, images) =>
  inRepository(async ({ git, write, matrix }) => {
    const reasons = async () =>
      Object.fromEntries(
        ImageMatrix.parse(JSON.parse(await matrix('--changed-since', 'start', '--json'))).images.map((row) => [row.image, row.reasons]),
      );
    await write(files);
    expect(await reasons()).toEqual(images);
    git('add', '-A', ':/');
    git('commit', '-qm', 'change', '--allow-empty');
    expect(await reasons()).toEqual(images);
  }),
);

test('a file that was deleted has changed', () =>
  inRepository(async ({ folder, matrix }) => {
    await rm(join(folder, 'files/motd'));
    expect(await matrix('--changed-since', 'HEAD', '--format', 'plain')).toBe('web\n');
  }));

test('what others changed on the branch since does not count', () =>
  inRepository(async ({ git, write, matrix }) => {
    git('switch', '-qc', 'topic');
    await write({ 'files/motd': 'mine' });
    git('commit', '-qam', 'mine');
    git('switch', '-q', 'main');
    await write({ '../shared/site.pp': 'theirs' });
    git('commit', '-qam', 'theirs');
    git('switch', '-q', 'topic');
    expect(await matrix('--changed-since', 'main', '--format', 'plain')).toBe('web\n');
  }));

test.each([['0'.repeat(40)], ['--output=/tmp/regild-never'], ['no such branch']])('a ref that git does not know is refused: %s', (ref) =>
  inRepository(async ({ matrix }) => {
    await expect(matrix(`--changed-since=${ref}`)).rejects.toMatchObject({
      code: 'COMMIT_NOT_FOUND',
      message: `git knows no commit ${JSON.stringify(ref)}`,
    });
  }),
);

test('outside of a repository git says so, and it is no bug of ours', () =>
  inFolder({ 'images.yaml': MANIFEST }, async (folder) => {
    const heard = fakeIo(folder, { PATH: process.env.PATH, HOME: folder, GIT_CEILING_DIRECTORIES: dirname(folder) });
    await expect(call(defineMatrix, ['--changed-since', 'main'], heard)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('git cannot say what changed: fatal: not a git repository'),
    });
  }));
