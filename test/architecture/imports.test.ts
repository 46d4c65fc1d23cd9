import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';
import { PARTS, WIRING } from './parts.ts';
import { OTHER_WAYS, STEP_WALK } from './step-walk.ts';

const ROOT = join(import.meta.dirname, '../../src');
const PAGE = join(import.meta.dirname, '../../docs/explanation/architecture.md');
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
  const rules = [part(file), ...(PARTS[part(file)]?.may ?? [])];
  if (target.startsWith('node:')) return rules.includes('node:*') || rules.includes(target);
  const own = rules.some((rule) => target === rule || target.startsWith(`${rule}/`));
  const isPackage = !KNOWN.has(target) && !target.startsWith('.');
  return own || (isPackage && rules.includes('package:*'));
}

const KNOWN = new Set(sources(ROOT).map((path) => relative(ROOT, path).replace(/\.ts$/, '')));

const ALL = sources(ROOT).flatMap(importsOf);

test('the parts of src/ import only what they may', () => {
  expect(ALL.length).toBeGreaterThan(300);
  const broken = ALL.filter((item) => part(item.file) in PARTS && !isAllowed(item)).map(({ file, target }) => `${file} imports ${target}`);
  expect(broken).toEqual([]);
});

test('zod is imported as a namespace: of `{ z }` the bundle takes every language and converter along', () => {
  const others = sources(ROOT).filter((path) => /^import (?:type )?\{[^}]*\} from 'zod';$/m.test(readFileSync(path, 'utf8')));
  expect(others.map((path) => `${relative(ROOT, path)}: import * as z from 'zod'`)).toEqual([]);
});

test('every part of src/ has a rule', () => {
  const parts = [...new Set(sources(ROOT).map((path) => part(relative(ROOT, path))))];
  expect(parts.filter((name) => !(name in PARTS) && name !== 'bundle')).toEqual([]);
});

test('every file is used by another, or is where a program begins (catalog/json-schemas: the schemas for editors, which a test keeps)', () => {
  const used = new Set(ALL.map(({ target }) => target));
  expect([...KNOWN].filter((name) => !used.has(name)).toSorted()).toEqual(['bundle/index', 'catalog/json-schemas', 'cli', 'library']);
});

test('only the wiring knows adapters and the sandbox', () => {
  const knowing = ALL.filter(({ file, target }) => part(file) === 'commands' && /^(adapters|sandbox)\//.test(target)).map(({ file }) =>
    file.slice('commands/'.length, -3),
  );
  expect([...new Set(knowing)].toSorted()).toEqual(WIRING.toSorted());
});

test('docs/explanation/architecture.md shows the parts and what they may import (vitest --update writes it)', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const rows = Object.entries(PARTS).map(([name, { what, may }]) => `| \`${pathOf(name)}\` | ${what} | ${may.join(', ') || 'nothing'} |`);
  const wiring = `Of \`commands/\`, only ${WIRING.map((name) => `\`${name}.ts\``).join(', ')} know adapters or the sandbox.`;
  const table = ['| path | what | may import, beside itself |', '|---|---|---|', ...rows, '', wiring].join('\n');
  const changed = page.replace(/\| path \| what \|[\s\S]*? know adapters or the sandbox\./, () => table);
  expect(changed).toContain(table);
  await expect(changed).toMatchFileSnapshot(PAGE);
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

function pathOf(name: string): string {
  return existsSync(join(ROOT, `${name}.ts`)) ? `src/${name}.ts` : `src/${name}/`;
}

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

/** The words by which a file shows that it knows steps. */
const STEP_WORDS = /\b(?:provisioners|Provisioner|GuestWork|toStep|CustomizeStep|filesOf|spec\.customize)\b|list\(Step\)/;

/** Below `guest/steps/` stand the kinds and what several of them share. */
const KINDS = new Set(
  [...readFileSync(join(ROOT, 'guest/steps/index.ts'), 'utf8').matchAll(/^import .* from '\.\/([a-z-]+)\.ts';$/gm)]
    .map(([, name]) => `guest/steps/${name}`)
    .filter((path) => path !== 'guest/steps/step'),
);

/** The text of a file without its comments: a word in a comment does nothing. */
function code(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '');
}

test('a step passes at most 14 files from YAML to HCL, JSON and report, and no folder twice', () => {
  const walk = Object.entries(STEP_WALK).flatMap(([folder, { files }]) => files.map((file) => `${folder}/${file}`));
  expect(walk.length).toBeLessThanOrEqual(14);
  const knowing = sources(ROOT)
    .map((path) => ({ path, name: relative(ROOT, path).replace(/\.ts$/, '') }))
    .filter(({ name }) => !/^(sandbox|failures|inspect|adapters)\//.test(name) && !name.startsWith('guest/steps/'))
    .filter(({ path }) => STEP_WORDS.test(code(path)))
    .map(({ name }) => name);
  const inSteps = ['guest/steps/<kind>', 'guest/steps/step', 'guest/steps/index'];
  expect([...knowing, ...inSteps].toSorted()).toEqual([...walk, ...Object.keys(OTHER_WAYS)].toSorted());
  const knowsKind = ALL.filter(({ file, target }) => KINDS.has(target) && !file.startsWith('guest/steps/')).map(({ file }) => file);
  expect(KINDS.size).toBeGreaterThan(8);
  expect(knowsKind).toEqual([]);
});

test('docs/explanation/architecture.md shows the walk of a step (vitest --update writes it)', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const rows = Object.entries(STEP_WALK).map(
    ([folder, { files, what }]) => `| \`src/${folder}/\` | ${files.map((file) => `\`${file}.ts\``).join(', ')} | ${what} |`,
  );
  const table = ['| folder | files | what happens |', '|---|---|---|', ...rows].join('\n');
  const changed = page.replace(/\| folder \| files \| what happens \|\n[\s\S]*?(?=\n\n)/, () => table);
  expect(changed).toContain(table);
  await expect(changed).toMatchFileSnapshot(PAGE);
});
