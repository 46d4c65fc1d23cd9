import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command as Program } from 'commander';
import { expect, test } from 'vitest';
import { EXAMPLES } from '../../src/commands/examples.ts';
import { VERBS } from '../../src/commands/verbs.ts';
import { type Printed, printedJsonSchema } from '../../src/model/index.ts';
import { ROOT } from './command-line.ts';

/** The verbs on published versions: what `regild schema` calls their JSON, and whether they change something in Azure. */
const LIVING: Readonly<Partial<Record<keyof typeof EXAMPLES, { readonly schema: Printed; readonly writes: boolean }>>> = {
  status: { schema: 'status', writes: false },
  refresh: { schema: 'refresh', writes: true },
  promote: { schema: 'actions', writes: true },
  rollback: { schema: 'actions', writes: true },
  revoke: { schema: 'actions', writes: true },
  retire: { schema: 'actions', writes: true },
  lineage: { schema: 'lineage', writes: false },
  diff: { schema: 'diff', writes: false },
  report: { schema: 'report', writes: false },
  use: { schema: 'deployment', writes: false },
};

/** What verbs change in Azure or on this machine beside run folders can be read before. */
const WRITERS: readonly (keyof typeof EXAMPLES)[] = [
  'inspect',
  'build',
  'validate',
  'publish',
  'refresh',
  'promote',
  'rollback',
  'revoke',
  'retire',
  'sweep',
];

async function optionsOf(verb: string): Promise<readonly (string | undefined)[]> {
  const program = new Program();
  await VERBS.find(({ name }) => name === verb)
    ?.load()
    .then((define) => define(program, async () => {}));
  return program.options.map(({ long }) => long);
}

const pages = await Promise.all(
  (await readdir(join(ROOT, 'docs'), { recursive: true }))
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFile(join(ROOT, 'docs', name), 'utf8')),
);

const TABLE = (Object.keys(LIVING) as (keyof typeof LIVING)[]).map(
  (verb) => [verb, LIVING[verb] ?? { schema: 'report', writes: false }] as const,
);

test.each(TABLE)('%s: a page, three examples, JSON with a schema, and a dry run where it writes', async (verb, { schema, writes }) => {
  const options = await optionsOf(verb);
  expect(EXAMPLES[verb].length).toBeGreaterThanOrEqual(3);
  expect([verb, pages.some((page) => page.includes(`regild ${verb} `))]).toEqual([verb, true]);
  expect(options).toEqual(expect.arrayContaining(['--json', ...(writes ? ['--dry-run'] : [])]));
  expect(printedJsonSchema(schema)).toMatchObject({ type: 'object', properties: { kind: {} } });
});

test('every verb that changes a cloud says beforehand what it would do', async () => {
  const without = await Promise.all(WRITERS.map(async (verb) => ((await optionsOf(verb)).includes('--dry-run') ? [] : [verb])));
  expect(without.flat()).toEqual([]);
});

test('every verb is spoken of in the documents', () => {
  const spoken = (verb: string) => pages.some((page) => new RegExp(`\\bregild ${verb}\\b|\`${verb}\\b`).test(page));
  expect(VERBS.map(({ name }) => name).filter((name) => !spoken(name))).toEqual([]);
});
