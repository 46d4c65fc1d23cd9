import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../src');

/** Without `bundle/`, which makes the program and is no part of it, and without comments. */
const SOURCES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.[jt]s$/.test(path) && !path.startsWith('bundle/'))
  .map((path) => ({
    path,
    code: readFileSync(join(ROOT, path), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, ''),
  }));

function filesWith(pattern: RegExp): readonly string[] {
  return SOURCES.flatMap(({ path, code }) => (pattern.test(code) ? [path] : [])).toSorted();
}

test('files are written where the redactor is asked, and nowhere else', () => {
  const writers = '(?:writeFile|appendFile|writev?|copyFile|cp|createWriteStream|truncate|symlink|link)(?:Sync)?';
  expect(filesWith(new RegExp(String.raw`import\s*\{[^}]*\b${writers}\b[^}]*\}\s*from 'node:fs(?:/promises)?'`))).toEqual([
    'adapters/append.ts',
    'adapters/write-new.ts',
    'adapters/write-whole.ts',
  ]);
  for (const path of ['append', 'write-new', 'write-whole']) {
    expect(SOURCES.find((source) => source.path === `adapters/${path}.ts`)?.code).toMatch(/\bfit(?:ToSave|AtOnce)\(path, /);
  }
  // By another way: the module as a whole, a file that is opened to be written, a database.
  expect(filesWith(/import (?:\* as \w+|\w+) from 'node:fs|require\('node:fs|process\.binding/)).toEqual([]);
  expect(filesWith(/\bopen(?:Sync)?\([^)]*, '(?!r')[^']*'/)).toEqual([]);
  // What the sandbox's clouds remember is a cloud's own disk; sqlite.ts reads databases that lie on the disk of an image.
  expect(filesWith(/node:sqlite'\)?/)).toEqual(['inspect/databases/sqlite.ts', 'sandbox/remembered/state-file.ts']);
});

test('the process is written to by cli.ts alone, which hands it to the redactor', () => {
  expect(filesWith(/\bprocess\.std(?:out|err)\b|\bconsole\.|from 'node:console'|\bstd(?:io|out|err): '?inherit/)).toEqual([
    'cli.ts',
    'main.js',
  ]);
  const code = SOURCES.find(({ path }) => path === 'cli.ts')?.code ?? '';
  // A constant sentence, the ways that are handed over, and a failure, which is made in the one place that redacts what it says.
  expect([...code.matchAll(/process\.std(?:out|err)\.write\(([^)]*)/g)].map(([, what]) => what)).toEqual([
    String.raw`'\ncancelling: cleaning up and saving the run; press Ctrl-C again to leave at once\n'`,
    'outputFailure(error',
    'text',
    'onScreen(text, screenOf(process.stdout, process.env',
  ]);
  expect(filesWith(/redactedIo\(given\)/)).toEqual(['commands/run-words.ts']);
  expect(filesWith(/\brunWords\(/)).toEqual(['cli.ts', 'commands/run-words.ts']);
});

test('errors of regild are made in one place, which redacts what they say', () => {
  // The sandbox's clouds answer with theirs; what cannot be read on a disk becomes a finding where it is met.
  const own = filesWith(/extends \w*Error\b/).filter((path) => !path.startsWith('sandbox/'));
  expect(own).toEqual(['errors.ts', 'inspect/file-tree.ts']);
  const code = SOURCES.find(({ path }) => path === 'errors.ts')?.code ?? '';
  expect(code).toMatch(/super\(redact\(message\)/);
});

test('shapes and known values are hidden by the redactor alone', () => {
  expect(filesWith(/\bmaskSecrets\(/)).toEqual(['model/mask-secrets.ts', 'model/redact.ts']);
  expect(filesWith(/\bhiding\(/)).toEqual(['manifest/check-text.ts', 'model/redact.ts', 'model/secret-shapes.ts']);
});

test('what a cloud answered is read in one place, which tells JSON of somebody else as that', () => {
  // Where a catch says it in words of its own: cloud metadata, a token of GitHub's; a list's page, and what an SDK reads, inside of a call that is translated.
  // Beside clouds: files of the machine's own, and what an SDK threw, which is taken as it is.
  expect(filesWith(/(?<!\bJSON|\bDate|\bURL)\.parse\(/).filter((path) => path.startsWith('adapters/'))).toEqual([
    'adapters/aws/errors.ts',
    'adapters/aws/image-file.ts',
    'adapters/azure/connection/arm.ts',
    'adapters/azure/connection/discover.ts',
    'adapters/azure/connection/github-assertion.ts',
    'adapters/azure/connection/known-forms.ts',
    'adapters/azure/errors/arm-failure.ts',
    'adapters/azure/marketplace/disk-cache.ts',
    'adapters/packer/manifest.ts',
  ]);
});
