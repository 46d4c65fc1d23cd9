import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import packageFile from '../../package.json' with { type: 'json' };
import { inFolder, ROOT, run } from './command-line.ts';

interface ActionStep {
  readonly name: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
}
const action: { readonly inputs: object; readonly runs: { readonly steps: readonly ActionStep[] } } = parse(
  await readFile(join(ROOT, 'action.yml'), 'utf8'),
);

/** Runs a step of the action as GitHub's runner does, in a folder of its own. */
async function step(name: string, environment: Readonly<Record<string, string>>) {
  const script = action.runs.steps.find((one) => one.name === name)?.run ?? '';
  return inFolder({}, async (folder) => {
    await mkdir(join(folder, 'work'));
    const words = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
    const done = await run('bash', words, { folder: join(folder, 'work'), environment: { REGILD_ACTION: ROOT, ...environment } });
    return { ...done, files: await readdir(join(folder, 'work')) };
  });
}

test('its arguments are words of regild', async () => {
  expect(await step('regild', { REGILD_ARGS: '--version' })).toMatchObject({ code: 0, stdout: `${packageFile.version}\n` });
});

test('they may stand on several lines', async () => {
  const { code, stderr } = await step('regild', { REGILD_ARGS: 'help\n  build\nextra\n' });
  expect([code, stderr]).toEqual([2, expect.stringContaining('Expected 1 argument but got 2: build, extra.')]);
});

test('nothing in them is run by the shell', async () => {
  const { code, stderr, files } = await step('regild', { REGILD_ARGS: 'help $(touch made) `touch made` ; touch made > made' });
  expect([code, files]).toEqual([2, []]);
  expect(stderr).toContain('Expected 1 argument but got 9: $(touch, made), `touch, made`, ;, touch, made, >, made.');
});

test('no expression stands in a script: what a workflow hands over is a variable', () => {
  expect(action.runs.steps.filter(({ run: script }) => script.includes('${{'))).toEqual([]);
});
