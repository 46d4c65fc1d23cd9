import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command as Program } from 'commander';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type CiSystem, WORKFLOW_FILES } from '../../src/ci/workflows.ts';
import { defineInit } from '../../src/commands/ci/init.ts';
import { VERBS } from '../../src/commands/verbs.ts';
import { placePrograms } from '../fakes/programs.ts';
import { inFolder } from './command-line.ts';
import { call, fakeIo } from './fake-io.ts';

const MANIFEST = `version: 1
images:
  web:
    source: { ami: ami-0123456789abcdef0, region: eu-central-1 }
    target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg, gallery: gal, location: northeurope }
`;

/** Stands in for regild and npm: notes its words and its process, prints a list where one is asked for, and ends as it is told. */
const STUB = `#!/bin/sh
printf '%s\\n' "$$ \${0##*/} $*" >> calls
case "\${0##*/} $*" in
  npm*) exit ;;
  *--changed-since*) [ -z "$UNKNOWN" ] || exit 2; echo '{"include":[]}' ;;
  *matrix*) echo '{"include":[]}' ;;
  *report*) exit "\${REPORT:-0}" ;;
esac
exit "\${CODE:-0}"
`;

interface Shell {
  /** Words of the programs that a script called. */
  readonly calls: readonly string[];
  readonly code: number | null;
  /** Whether the last program took the place of the shell, so that a signal to the shell reaches it. */
  readonly replaced: boolean;
}

interface Place {
  readonly folder: string;
  readonly init: (...words: readonly string[]) => Promise<string>;
  readonly files: (system: CiSystem) => Promise<readonly unknown[]>;
  readonly shell: (script: string, environment: Readonly<Record<string, string>>) => Promise<Shell>;
}

function inRepository(use: (place: Place) => Promise<void>): Promise<void> {
  return inFolder({ 'images.yaml': MANIFEST }, async (folder) => {
    const bin = join(folder, 'node_modules/.bin');
    await mkdir(bin, { recursive: true });
    placePrograms(bin, { regild: STUB, npm: STUB });
    await use({
      folder,
      async init(...words) {
        const heard = fakeIo(folder);
        await call(defineInit, words, heard);
        return heard.stdout();
      },
      files: (system) => Promise.all(WORKFLOW_FILES[system].map(async ({ path }) => parse(await readFile(join(folder, path), 'utf8')))),
      async shell(script, environment) {
        await writeFile(join(folder, 'calls'), '');
        const env = { PATH: `${bin}:${process.env.PATH}`, ...environment };
        const { status, pid } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd: folder, env });
        const lines = (await readFile(join(folder, 'calls'), 'utf8')).split('\n').filter((line) => line !== '');
        const calls = lines.map((line) => line.replace(/^\d+ /, ''));
        return { calls, code: status, replaced: lines.at(-1)?.startsWith(`${pid} `) ?? false };
      },
    });
  });
}

const Words = z.array(z.string());
const Github = z.object({
  jobs: z.record(z.string(), z.object({ needs: z.string().optional(), steps: z.array(z.object({ run: z.string().optional() })) })),
});
const Azure = z.object({
  jobs: z.array(
    z.object({
      job: z.string(),
      dependsOn: z.string().optional(),
      steps: z.array(z.object({ bash: z.string().optional(), inputs: z.object({ inlineScript: z.string().optional() }).optional() })),
    }),
  ),
});
const GitlabJob = z.object({
  extends: z.string().optional(),
  needs: Words.optional(),
  before_script: Words.optional(),
  script: Words.optional(),
  after_script: Words.optional(),
});

interface Job {
  readonly name: string;
  readonly needs: readonly string[];
  /** What its shells run, in their order. */
  readonly scripts: readonly string[];
}

/** Every job of a system's files in their order. */
function jobsOf(system: CiSystem, files: readonly unknown[]): readonly Job[] {
  switch (system) {
    case 'github':
      return files.flatMap((file) =>
        Object.entries(Github.parse(file).jobs).map(([name, { needs, steps }]) => ({
          name,
          needs: needs === undefined ? [] : [needs],
          scripts: steps.flatMap(({ run }) => run ?? []),
        })),
      );
    case 'azure':
      return files.flatMap((file) =>
        Azure.parse(file).jobs.map(({ job, dependsOn, steps }) => ({
          name: job,
          needs: dependsOn === undefined ? [] : [dependsOn],
          scripts: steps.flatMap(({ bash, inputs }) => bash ?? inputs?.inlineScript ?? []),
        })),
      );
    case 'gitlab':
      return files.flatMap((file) => {
        const jobs = z.record(z.string(), GitlabJob).parse(file);
        return Object.entries(jobs).map(([name, job]) => ({ name, needs: job.needs ?? [], scripts: shellsOf(job, jobs) }));
      });
  }
}

/** GitLab runs what a job has before its script, its own or that of what it extends, in the same shell as the script, and what comes after in another. */
function shellsOf(job: z.infer<typeof GitlabJob>, all: Readonly<Record<string, z.infer<typeof GitlabJob>>>): readonly string[] {
  const before = job.before_script ?? all[job.extends ?? '']?.before_script ?? [];
  return [...(job.script ? [[...before, ...job.script]] : []), ...(job.after_script ? [job.after_script] : [])].map((lines) =>
    lines.join('\n'),
  );
}

function scriptsOf(system: CiSystem, files: readonly unknown[]): readonly string[] {
  return jobsOf(system, files).flatMap(({ scripts }) => scripts);
}

/** Resolves when the program's own parser takes a command line, and rejects when it does not. Nothing is run. */
async function accepted(words: readonly string[]): Promise<void> {
  const [name, ...rest] = words;
  const entry = VERBS.find((verb) => verb.name === name);
  if (entry === undefined) throw new Error(`there is no verb ${name}`);
  const program = new Program(name).exitOverride().configureOutput({ writeErr: () => {} });
  const define = await entry.load();
  define(program, async () => {});
  await program.parseAsync(rest, { from: 'user' });
}

const SET = {
  IMAGE: 'web',
  BEFORE: '0123456789',
  CI_COMMIT_BEFORE_SHA: '0123456789',
  GITHUB_OUTPUT: 'output',
  GITHUB_STEP_SUMMARY: 'summary',
  AGENT_TEMPDIRECTORY: '.',
  idToken: 'token of Azure Pipelines',
  CI_PROJECT_DIR: 'project',
  AZURE_ID_TOKEN: 'token for Azure',
  AWS_ID_TOKEN: 'token for AWS',
};
const ON = { github: { push: 'push', schedule: 'schedule' }, azure: { push: 'IndividualCI', schedule: 'Schedule' } } as const;

function event(system: CiSystem, what: 'push' | 'schedule') {
  const verb = what === 'push' ? 'build' : 'refresh';
  if (system === 'gitlab') return { ...SET, REGILD_VERB: verb };
  return system === 'github' ? { ...SET, EVENT: ON.github[what], VERB: verb } : { ...SET, BUILD_REASON: ON.azure[what] };
}

const JUNIT = 'regild report --format junit';
/** The summary of GitHub and Azure is written by regild itself. */
const REPORTS = { github: [JUNIT], azure: [JUNIT], gitlab: ['regild report --format markdown', JUNIT] };
const EXPECTED: Readonly<Record<CiSystem, Readonly<Record<'push' | 'schedule', readonly string[]>>>> = {
  github: {
    push: ['regild check', 'regild ci matrix --changed-since 0123456789', 'regild build web', ...REPORTS.github, 'regild sweep'],
    schedule: ['regild check', 'regild ci matrix --due', 'regild refresh web', ...REPORTS.github, 'regild sweep'],
  },
  azure: {
    push: ['regild check', 'regild ci matrix --format azure', 'regild build web', ...REPORTS.azure, 'regild sweep'],
    schedule: ['regild check', 'regild ci matrix --due --format azure', 'regild refresh web', ...REPORTS.azure, 'regild sweep'],
  },
  gitlab: {
    push: [
      'regild check',
      'regild ci matrix --format gitlab --changed-since 0123456789',
      'regild ci matrix --format gitlab --due',
      'regild sweep',
      'regild build web',
      ...REPORTS.gitlab,
    ],
    schedule: [
      'regild check',
      'regild ci matrix --format gitlab --changed-since 0123456789',
      'regild ci matrix --format gitlab --due',
      'regild sweep',
      'regild refresh web',
      ...REPORTS.gitlab,
    ],
  },
};

/** What the steps leave for those after them, once all of them ran. */
const LEFT: Readonly<Record<CiSystem, Readonly<Record<string, string>>>> = {
  github: { output: 'images={"include":[]}\n' },
  azure: { 'aws-token': 'token of Azure Pipelines' },
  gitlab: {
    'project.tmp/azure-token': 'token for Azure',
    'project.tmp/aws-token': 'token for AWS',
    'regild-images.yml': '{"include":[]}\n',
  },
};

const SYSTEMS = ['github', 'azure', 'gitlab'] as const;
const RUNS = SYSTEMS.flatMap((system) => (['push', 'schedule'] as const).map((what) => [system, what] as const));

test.each(RUNS)('the steps of %s run in their order, call what the program takes, and leave what the next ones need: %s', (system, what) =>
  inRepository(async ({ folder, init, files, shell }) => {
    await init('--for', system);
    const calls: string[] = [];
    const jobs = jobsOf(system, await files(system));
    for (const [index, { needs, scripts }] of jobs.entries()) {
      const before = jobs.slice(0, index).map(({ name }) => name);
      expect(needs.filter((name) => !before.includes(name))).toEqual([]);
      for (const script of scripts) {
        const done = await shell(script, event(system, what));
        expect(done.code).toBe(0);
        calls.push(...done.calls.filter((one) => one.startsWith('regild ')));
      }
    }
    expect(calls).toEqual(EXPECTED[system][what]);
    const left = await Promise.all(
      Object.keys(LEFT[system]).map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const),
    );
    expect(Object.fromEntries(left)).toEqual(LEFT[system]);
    for (const one of calls) await accepted(one.split(' ').slice(1));
    await expect(accepted(['ci', 'matrix', '--until-due'])).rejects.toThrow("unknown option '--until-due'");
  }),
);

test.each(SYSTEMS)('the step of %s that builds ends as regild does, in whose place no shell stands', (system) =>
  inRepository(async ({ init, files, shell }) => {
    await init('--for', system);
    const builds = scriptsOf(system, await files(system)).filter((script) => /"\$(?:VERB|verb|REGILD_VERB)" "\$IMAGE"/.test(script));
    expect(builds).toHaveLength(1);
    const { code, replaced } = await shell(builds[0] ?? '', { ...event(system, 'push'), CODE: '75' });
    expect({ code, replaced }).toEqual({ code: 75, replaced: true });
  }),
);

test.each(SYSTEMS)('a run without a report fails no second step: %s', (system) =>
  inRepository(async ({ init, files, shell }) => {
    await init('--for', system);
    const [report = ''] = scriptsOf(system, await files(system)).filter((script) => script.includes(' report '));
    expect(await shell(report, { ...SET, REPORT: '3' })).toMatchObject({ code: 0, calls: REPORTS[system] });
  }),
);

test.each(['github', 'gitlab'] as const)('a commit that git does not know means every image: %s', (system) =>
  inRepository(async ({ init, files, shell }) => {
    await init('--for', system);
    const [list = ''] = scriptsOf(system, await files(system)).filter((script) => script.includes('--changed-since'));
    const { code, calls } = await shell(list, { ...event(system, 'push'), UNKNOWN: '1' });
    expect({ code, last: calls.at(-1) }).toEqual({ code: 0, last: `regild ci matrix${system === 'gitlab' ? ' --format gitlab' : ''}` });
  }),
);

test('no script of GitHub holds an expression: values reach the shell by its environment alone', () =>
  inRepository(async ({ init, files }) => {
    await init('--for', 'github');
    expect(scriptsOf('github', await files('github')).filter((script) => script.includes('${{'))).toEqual([]);
  }));

test('what is asked for stands in the file, and nothing that a CI system would read gets there', () =>
  inRepository(async ({ folder, init, files }) => {
    await mkdir(join(folder, 'fleet'));
    await writeFile(join(folder, 'fleet/images.yaml'), MANIFEST);
    await init('--for', 'github', '--manifest', 'fleet/images.yaml', '--branch', 'release/1', '--refresh-at', '5 1 * * MON-FRI');
    expect((await files('github'))[0]).toMatchObject({
      on: { push: { branches: ['release/1'] }, schedule: [{ cron: '5 1 * * MON-FRI' }, { cron: '47 5 * * *' }] },
      env: { REGILD_MANIFEST: 'fleet/images.yaml' },
      jobs: { sweep: { if: "github.event.schedule == '47 5 * * *'" } },
    });
    for (const branch of ['${{ secrets.X }}', '$(X)', "a'b", 'a"b', 'a\nb', '-x', '/x']) {
      await expect(init('--for', 'azure', '--branch', branch)).rejects.toThrow('it is letters, digits');
    }
    for (const time of ['5 1 * *', "' || true", '* * * * $X']) {
      await expect(init('--for', 'azure', '--refresh-at', time)).rejects.toThrow('it is five fields');
    }
    await expect(init('--for', 'azure', '--refresh-at', '47 5 * * *')).rejects.toMatchObject({ code: 'USAGE' });
  }));

test('a file that is there is replaced only where that is said; the same text is left alone', () =>
  inRepository(async ({ folder, init }) => {
    const path = join(folder, 'azure-pipelines-images.yml');
    const printed = await init('--for', 'azure', '--dry-run');
    await expect(readFile(path, 'utf8')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await init('--for', 'azure')).toBe('azure-pipelines-images.yml  written\n');
    expect(printed).toBe(`# azure-pipelines-images.yml\n${await readFile(path, 'utf8')}`);
    expect(await init('--for', 'azure')).toBe('azure-pipelines-images.yml  unchanged\n');
    await expect(init('--for', 'azure', '--connection', 'golden')).rejects.toMatchObject({
      code: 'USAGE',
      message: 'azure-pipelines-images.yml would be replaced by another text',
    });
    expect(await init('--for', 'azure', '--connection', 'golden', '--force')).toBe('azure-pipelines-images.yml  written\n');
    expect(await readFile(path, 'utf8')).toContain('azureSubscription: "golden"');
  }));
