import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../src');
const STAGES = ['analyze', 'match', 'plan', 'preflight', 'validate', 'publish'];

/** What each part of src/ may import: parts of src/ by name, packages by name, node modules as `node:…`; `*` is anything of that kind. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: ['model', 'guest/steps/index', 'zod', 'node:crypto'],
  errors: ['model'],
  ports: ['model', 'catalog/schema'],
  failures: ['failures'],
  catalog: ['catalog', 'model', 'errors', 'yaml', 'zod', 'node:fs', 'node:fs/promises', 'node:path', 'node:crypto', 'node:url'],
  manifest: ['manifest', 'guest/steps/index', 'guest/steps/texts', 'model', 'errors', 'yaml', 'zod'],
  report: ['report', 'model', 'errors'],
  survey: ['survey', 'analyze', 'match', 'map', 'model', 'errors', 'ports', 'catalog/schema'],
  sweep: ['sweep', 'model', 'errors', 'ports'],
  lock: ['lock', 'model', 'errors', 'yaml', 'zod'],
  sandbox: ['sandbox', 'model', 'zod', 'node:*'],
  adapters: ['adapters', 'failures', 'inspect/file-tree', 'inspect/resolved-tree', 'ports', 'model', 'errors', 'package:*', 'node:*'],
  guest: ['guest', 'model', 'errors', 'catalog/schema', 'zod', 'node:path'],
  'staged-version': ['model', 'errors', 'ports'],
  ...Object.fromEntries(STAGES.map((stage) => [stage, [stage, 'guest', 'model', 'errors', 'ports', 'catalog/schema', 'node:crypto']])),
  plan: ['plan', 'map', 'guest', 'model', 'errors', 'ports', 'catalog/schema', 'node:crypto'],
  ...Object.fromEntries(
    ['validate', 'publish'].map((stage) => [stage, [stage, 'staged-version', 'guest', 'model', 'errors', 'ports', 'catalog/schema']]),
  ),
  map: ['map', 'model', 'catalog/schema'],
  inspect: [
    'inspect',
    'guest/quote',
    'model',
    'errors',
    'ports',
    'catalog/schema',
    'zod',
    'node:crypto',
    'node:sqlite',
    'node:util',
    'node:zlib',
  ],
  engines: ['engines', 'failures', 'guest', 'model', 'errors', 'ports', 'catalog/schema', 'handlebars', 'node:crypto', 'node:path'],
  stage: ['model', 'errors', 'ports', 'zod'],
  pipeline: [...STAGES, 'staged-version', 'engines', 'model', 'errors', 'ports', 'stage'],
  fleet: ['pipeline', 'stage', 'image-report', 'model', 'errors', 'ports', 'p-map', 'node:util'],
  'image-report': ['model', 'errors', 'stage'],
  'exit-code': ['model', 'errors'],
  commands: [
    'guest',
    'commands',
    'fleet',
    'exit-code',
    'image-report',
    'survey',
    'sweep',
    'inspect',
    'map',
    'match',
    'manifest',
    'lock',
    'report',
    'catalog',
    'model',
    'errors',
    'ports',
    'adapters',
    'sandbox',
    'commander',
    'p-map',
    'node:*',
    '../package.json',
  ],
  cli: ['commands', 'model', 'errors', 'commander'],
};

/** Only these may know adapters or the sandbox; every other command goes through them. */
const WIRING = [
  'wire',
  'connect-clouds',
  'clouds',
  'sandbox',
  'manifest',
  'lock',
  'run-fleet',
  'render',
  'report',
  'survey-sources',
  'inspect-sources',
  'inspect-ami',
  'write-proposal',
  'choose-run',
  'known-runs',
];

interface Import {
  readonly file: string;
  readonly target: string;
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));
}

function importsOf(path: string): readonly Import[] {
  const text = readFileSync(path, 'utf8');
  const file = relative(ROOT, path);
  const specifiers = [
    ...text.matchAll(
      /(?:^|\s)(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|^import\s+['"]([^'"]+)['"]/gm,
    ),
  ];
  return specifiers.map((match) => ({ file, target: resolveTarget(path, match[1] ?? match[2] ?? match[3] ?? '') }));
}

/** `node:x` and packages as they are; relative ones as paths below src/ without their ending. */
function resolveTarget(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(ROOT, normalize(join(dirname(from), specifier))).replace(/\.ts$/, '');
}

function part(path: string): string {
  return path.replace(/\.ts$/, '').split('/')[0] ?? path;
}

function isAllowed({ file, target }: Import): boolean {
  const rules = ALLOWED[part(file)] ?? [];
  if (target.startsWith('node:')) return rules.includes('node:*') || rules.includes(target);
  const own = rules.some((rule) => target === rule || target.startsWith(`${rule}/`));
  const isPackage = !KNOWN.has(target) && !target.startsWith('.');
  return own || (isPackage && rules.includes('package:*'));
}

const KNOWN = new Set(sources(ROOT).map((path) => relative(ROOT, path).replace(/\.ts$/, '')));

const ALL = sources(ROOT).flatMap(importsOf);

test('the parts of src/ import only what they may', () => {
  expect(ALL.length).toBeGreaterThan(300);
  const broken = ALL.filter((item) => part(item.file) in ALLOWED && !isAllowed(item)).map(
    ({ file, target }) => `${file} imports ${target}`,
  );
  expect(broken).toEqual([]);
});

test('every part of src/ has a rule', () => {
  const parts = [...new Set(sources(ROOT).map((path) => part(relative(ROOT, path))))];
  expect(parts.filter((name) => !(name in ALLOWED) && name !== 'bundle')).toEqual([]);
});

test('only the wiring knows adapters and the sandbox', () => {
  const knowing = ALL.filter(({ file, target }) => part(file) === 'commands' && /^(adapters|sandbox)\//.test(target)).map(({ file }) =>
    file.slice('commands/'.length, -3),
  );
  expect([...new Set(knowing)].filter((name) => !WIRING.includes(name))).toEqual([]);
});

test('one SDK operation group has one importing file', () => {
  const groups = [
    'virtualMachineImages',
    'galleries',
    'galleryImages',
    'galleryImageVersions',
    'virtualMachineImageTemplates',
    'resourceSkus',
    'usageOperations',
  ];
  for (const group of groups) {
    const users = sources(join(ROOT, 'adapters')).filter((path) => new RegExp(`\\.${group}\\b`).test(readFileSync(path, 'utf8')));
    expect(users.length, `${group} is used by ${users.join(', ')}`).toBeLessThanOrEqual(1);
  }
});

/** Files that import each other, directly or by way of others, as the ring that was found first. */
function ring(files: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    const found = (files.get(file) ?? []).map((target) => visit(target, [...path, file])).find((one) => one.length > 0) ?? [];
    done.add(file);
    return found;
  };
  return [...files.keys()].map((file) => visit(file, [])).find((one) => one.length > 0) ?? [];
}

test('no file imports itself by way of others, types included', () => {
  const files = Map.groupBy(ALL, ({ file }) => file.replace(/\.ts$/, ''));
  expect(ring(new Map([...files].map(([file, imports]) => [file, imports.map(({ target }) => target)])))).toEqual([]);
});
