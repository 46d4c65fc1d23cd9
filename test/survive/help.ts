import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EXAMPLES } from '../../src/commands/examples.ts';
import { runWords } from '../../src/commands/run-words.ts';
import { VERBS } from '../../src/commands/verbs.ts';
import type { FleetStatus } from '../../src/model/index.ts';

/**
 * Runs every example of every help in one project against the sandbox that remembers, in this process, and looks at what stands last: how to go on. Names in
 * the examples that stand for a user's own (an AMI, a run, a version) are those of the project; what would ask real clouds asks the sandbox.
 */
const ROOT = join(import.meta.dirname, '../..');
const folder = await mkdtemp(join(tmpdir(), 'regild-help-'));
const DISK = 'snap-0b9d1f6a2c4e80d71';

interface Said {
  readonly code: number;
  readonly out: string;
  /** The last line that a person sees, results and diagnostics together. */
  readonly last: string;
}

async function say(words: readonly string[], { inside = folder, ended = false } = {}): Promise<Said> {
  let out = '';
  let all = '';
  const tell = (text: string) => {
    out += text;
    all += text;
  };
  const note = (text: string) => {
    all += text;
    return true;
  };
  const ending = new AbortController();
  if (ended) ending.abort();
  const code = await runWords(words, {
    environment: { REGILD_SANDBOX_SPEED: '5000', PATH: process.env.PATH, HOME: folder },
    folder: inside,
    out: tell,
    tell,
    diagnostics: { write: note } as unknown as NodeJS.WriteStream,
    interactive: false,
    color: false,
    signal: ending.signal,
    now: () => new Date(),
  });
  return { code, out, last: all.trimEnd().split('\n').at(-1) ?? '' };
}

type VerbName = keyof typeof EXAMPLES;

interface Case {
  /** Made true before, by command lines. */
  readonly before?: readonly string[];
  /** Exit code; 0 where it is not said. */
  readonly ends?: number;
  /** In a folder of its own. */
  readonly apart?: true;
  /** Words behind those of the example. */
  readonly more?: readonly string[];
  /** A version of the example is the one before latest. */
  readonly older?: true;
  /** Ctrl-C has been pressed already. */
  readonly ended?: true;
}

const AGAIN = 'build web-golden --force';
const STAGED = `${AGAIN} --until build`;
const VALIDATED = `${AGAIN} --until validate`;

/** What the examples need beside what those before them left, in the order of the help and of each verb's own examples. */
const CASES: Readonly<Partial<Record<VerbName, readonly Case[]>>> = {
  init: [{ apart: true }, { apart: true }, { apart: true }],
  survey: [{}, { more: ['--sandbox'] }, {}],
  build: [{}, {}, { before: [STAGED] }],
  validate: [{ before: [STAGED] }, {}, {}],
  publish: [{ before: [VALIDATED] }, {}, { before: [VALIDATED] }],
  refresh: [{ ends: 10, before: ['sandbox advance 8d'] }, {}, {}],
  rollback: [{}, { before: [AGAIN, AGAIN], older: true }, { before: [AGAIN] }],
  diff: [{ before: [AGAIN, AGAIN] }, {}, {}],
  catalog: [{}, {}, { ends: 10 }],
  sandbox: [{ ended: true, more: ['--port', '0'], ends: 0 }, { ended: true, ends: 0 }, {}],
};

/** What begins so gives data to a program, or stays: nothing follows that could be said. With --json nothing is said either. */
const SILENT: Readonly<Record<string, string>> = {
  'ci matrix': 'a list that a CI system reads',
  schema: 'a document',
  completion: 'what a shell reads',
  sandbox: 'a process that stays, or what it remembers',
  'inspect disk.vhd --sbom': 'a document',
};

async function prepare(): Promise<void> {
  const disks = JSON.parse(await readFile(join(ROOT, 'src/sandbox/world/disks.json'), 'utf8')) as Readonly<Record<string, string>>;
  const [disk = ''] = [disks[DISK] ?? Object.values(disks)[0]];
  await writeFile(join(folder, 'disk.vhd'), gunzipSync(Buffer.from(disk, 'base64')));
  const { amis } = JSON.parse(await readFile(join(ROOT, 'src/sandbox/world/amis.json'), 'utf8'));
  await writeFile(
    join(folder, 'describe-images.json'),
    JSON.stringify({
      Images: amis.map(({ image }: { readonly image: object }, index: number) => ({ ImageId: `ami-0000000${index + 10}`, ...image })),
    }),
  );
  assert.equal((await say(['init'])).code, 0);
  const manifest = await readFile(join(folder, 'images.yaml'), 'utf8');
  await writeFile(
    join(folder, 'images.yaml'),
    `${manifest.trimEnd()}\n    refresh: { every: 7d }\n    retention: { keep: 1, minimumAge: 1h }\n`,
  );
  await mkdir(join(folder, 'fleet'));
  await cp(join(folder, 'images.yaml'), join(folder, 'fleet/images.yaml'));
  await writeFile(join(folder, 'survey.json'), (await say(['survey', '--sandbox', '--json'])).out);
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', 'images.yaml');
  git('commit', '--quiet', '-m', 'first');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  assert.equal((await say(['build', 'web-golden'])).code, 0);
  assert.equal((await say(['build', 'web-golden', '--force'])).code, 0);
}

/** The names of the examples, as this project has them. */
async function names(isOlder: boolean): Promise<ReadonlyMap<string, string>> {
  const status = JSON.parse((await say(['status', '--json'])).out) as FleetStatus;
  const versions = (status.images[0]?.versions ?? []).filter(({ state }) => state === 'released').map(({ version }) => version);
  const run = JSON.parse((await say(['report', '--json'])).out).runId as string;
  const newest = versions[0] ?? '';
  const older = versions.find((version) => version !== newest) ?? newest;
  return new Map([
    ['20261121t081502-3f9a', run],
    ['2026.1121.0', isOlder ? older : newest],
    ['2026.1121.1', newest],
    ['2026.1021.0', older],
    ['ami-0123456789abcdef0', 'ami-064b0f5e3937918bf'],
    ['ami-0abc1234def567890', 'ami-064b0f5e3937918bf'],
  ]);
}

const failed: string[] = [];
let ran = 0;
try {
  await prepare();
  for (const { name } of VERBS) {
    for (const [index, { words }] of EXAMPLES[name].entries()) {
      const { before = [], ends = 0, apart, more = [], older = false, ended = false } = CASES[name]?.[index] ?? {};
      for (const line of before) await say(line.split(' '));
      const known = await names(older);
      const typed = [...words.map((word) => known.get(word) ?? word), ...more];
      const inside = apart ? await mkdtemp(join(folder, 'apart-')) : folder;
      if (apart) await cp(join(folder, 'survey.json'), join(inside, 'survey.json'));
      const { code, last, out } = await say(typed, { inside, ended });
      ran += 1;
      const line = `regild ${typed.join(' ')}`;
      if (code !== ends) failed.push(`${line} ended with ${code}, not ${ends}: ${last}\n${out.slice(0, 400)}`);
      const silent =
        typed.includes('--json') || typed.includes('json') || Object.keys(SILENT).some((start) => line.startsWith(`regild ${start}`));
      if (!silent && !/^next {5,}\S|`regild \w+/.test(last)) failed.push(`${line} does not say how to go on: ${last}`);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const line of failed) process.stdout.write(`${line}\n`);
process.stdout.write(
  `the examples of the help: ${ran} commands\n${failed.length === 0 ? 1 : 0} passed, ${failed.length} failed, 0 skipped\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
