import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command as Program } from 'commander';
import { expect, test } from 'vitest';
import type { EXAMPLES } from '../../src/commands/examples.ts';
import { VERBS } from '../../src/commands/verbs.ts';
import {
  CatalogCounts,
  FoundFacts,
  ImageMatrix,
  InitResult,
  ManifestCheck,
  Mappings,
  PRINTED_NAMES,
  PrintedSurvey,
  printedJsonSchema,
  SandboxMemory,
  StaleFacts,
  WorkflowFiles,
} from '../../src/model/index.ts';
import { inFolder, ROOT } from './command-line.ts';
import { call, fakeIo } from './fake-io.ts';

const MANIFEST = `version: 1
defaults:
  target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg, gallery: gal, location: northeurope }
images:
  web: { source: { ami: ami-0123456789abcdef0, region: eu-west-1 } }
`;

/** Verbs that ask no cloud, and the schema that what they print is held to. */
const CALLS = [
  [['check'], ManifestCheck],
  [['init', 'ami-0123456789abcdef0', '--region', 'eu-west-1', '--manifest', 'other.yaml'], InitResult],
  [['map', 'm5.large', 'gp3:100', 'eu-west-1', 'x9.huge'], Mappings],
  [['survey', '--from', 'amis.json'], PrintedSurvey],
  [['catalog', 'list'], CatalogCounts],
  [['catalog', 'show', 'rhel'], FoundFacts],
  [['catalog', 'stale'], StaleFacts],
  [['ci', 'init', '--for', 'github'], WorkflowFiles],
  [['ci', 'matrix'], ImageMatrix],
  [['sandbox', 'show'], SandboxMemory],
] as const;

test.each(CALLS)('%j --json prints one document of the schema that is published', async ([verb, ...words], schema) => {
  const define = await VERBS.find(({ name }) => name === verb)?.load();
  const files = { 'images.yaml': MANIFEST, 'amis.json': '[{"ImageId":"ami-0123456789abcdef0"}]' };
  const stdout = await inFolder(files, async (folder) => {
    const heard = fakeIo(folder, { REGILD_CATALOG: process.env.REGILD_CATALOG });
    if (define) await call(define, [...words, '--json'], heard);
    return heard.stdout();
  });
  expect(schema.safeParse(JSON.parse(stdout)).error?.issues).toBeUndefined();
});

/** These print what is meant for an editor or a shell. */
const WITHOUT_JSON: readonly (keyof typeof EXAMPLES)[] = ['schema', 'completion'];

test('every verb has --json, alone or behind its own words', async () => {
  const has = async (verb: (typeof VERBS)[number]) => {
    const program = new Program();
    (await verb.load())(program, async () => {});
    const all = program.commands.length > 0 ? program.commands : [program];
    return all.every(({ options }) => options.some(({ long }) => long === '--json'));
  };
  const without = await Promise.all(VERBS.map(async (verb) => ((await has(verb)) ? [] : [verb.name])));
  expect(without.flat()).toEqual(WITHOUT_JSON);
});

test.each(PRINTED_NAMES)('the schema %s has a name of its own and says what the document starts with', (name) => {
  expect(printedJsonSchema(name)).toMatchObject({
    $id: `urn:regild:schema:${name}:1`,
    type: 'object',
    properties: name === 'survey' ? { formatVersion: { const: 1 } } : { kind: { type: 'string' }, schemaVersion: { const: 1 } },
  });
});

test('the page about JSON has a row for each schema, with the kind that it describes', async () => {
  const page = await readFile(join(ROOT, 'docs/reference/json.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| (?:`(\w+)`)? ?\|/gm)].map(([, name, kind]) => [name, kind]);
  const kindOf = (name: (typeof PRINTED_NAMES)[number]) =>
    (printedJsonSchema(name) as { readonly properties: { readonly kind?: { readonly const?: string } } }).properties.kind?.const;
  expect(rows).toEqual(PRINTED_NAMES.map((name) => [name, kindOf(name)]));
});
