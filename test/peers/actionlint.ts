import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, regild, run } from '../commands/command-line.ts';
import type { Part } from './statements.ts';

const ACTIONLINT = process.env.REGILD_ACTIONLINT ?? 'actionlint';
/** What is linted is the workflow, whatever else is installed that would look into its scripts. */
const ALONE = ['-no-color', '-shellcheck=', '-pyflakes='];
const WORKFLOW = '.github/workflows/images.yml';

/** What actionlint says of the workflows that `ci init --for github` writes, and of regild's own. */
export async function actionlint({ prove, folder }: Part): Promise<void> {
  const ways = [[], ['--branch', 'release', '--refresh-at', '5 1 * * MON-FRI', '--sweep-at', '0 6 * * *']];
  for (const [index, words] of ways.entries()) {
    const repository = join(folder, `repository-${index}`);
    await mkdir(repository, { recursive: true });
    await cp(join(ROOT, 'images.yaml'), join(repository, 'images.yaml'));
    await prove(`what ci init writes: ${words.join(' ') || 'without a word'}`, async () => {
      const written = await regild(['ci', 'init', '--for', 'github', ...words], { folder: repository });
      assert.equal(written.code, 0, written.stderr);
      const { code, stdout } = await run(ACTIONLINT, [...ALONE, WORKFLOW], { folder: repository });
      assert.deepEqual([code, stdout], [0, '']);
    });
  }
  await prove("regild's own workflow", async () => {
    const { code, stdout } = await run(ACTIONLINT, [...ALONE, join(ROOT, '.github/workflows/ci.yml')], { folder });
    assert.deepEqual([code, stdout], [0, '']);
  });
  await prove('a workflow with a mistake is told', async () => {
    const path = join(folder, 'repository-0', WORKFLOW);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('runs-on:', 'run-on:'));
    const { code, stdout } = await run(ACTIONLINT, [...ALONE, WORKFLOW], { folder: join(folder, 'repository-0') });
    assert.equal(code, 1);
    assert.match(stdout, /run-on/);
  });
}
