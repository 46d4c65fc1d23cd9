import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProgram } from '../../src/commands/program.ts';
import { VERBS } from '../../src/commands/verbs.ts';
import { manifestJsonSchema } from '../../src/manifest/json-schema.ts';
import { cliPage, environmentPage, manifestPage } from './reference-pages.ts';

const REFERENCE = join(import.meta.dirname, '../../docs/reference');

test('docs/reference/cli.md has every verb with its arguments and options (vitest --update writes it)', async () => {
  const io = { out: () => {}, diagnostics: process.stderr, environment: {} };
  const program = await createProgram({ verbs: VERBS.map(({ name }) => name), io, run: async () => {} });
  const page = cliPage(program);
  expect(VERBS.filter(({ name }) => !page.includes(`\n## ${name}\n`))).toEqual([]);
  await expect(page).toMatchFileSnapshot(join(REFERENCE, 'cli.md'));
});

test('docs/reference/manifest.md has every key (vitest --update writes it)', async () => {
  const page = manifestPage(manifestJsonSchema() as Parameters<typeof manifestPage>[0]);
  expect(page.split('\n').filter((line) => line.startsWith('| `') && line.endsWith('|  |'))).toEqual([]);
  await expect(page).toMatchFileSnapshot(join(REFERENCE, 'manifest.md'));
});

test('docs/reference/environment.md has every variable (vitest --update writes it)', async () => {
  await expect(environmentPage()).toMatchFileSnapshot(join(REFERENCE, 'environment.md'));
});
