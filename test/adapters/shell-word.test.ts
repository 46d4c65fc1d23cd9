import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'vitest';
import { makeFolders, writeFile } from '../../src/engines/image-builder/deliver.ts';
import { shellWord } from '../../src/guest/quote.ts';
import { placePrograms } from '../fakes/programs.ts';

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom("'", '"', '\\', '$(id)', '`id`', '${HOME}', '{{', '\n', '\r', '\t', '!', '*', '~', '#', 'REGILD_1\n', '\nREGILD_1\n'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').replaceAll('\0', ''));

const shell = (script: string, environment = process.env) =>
  execFileSync('/bin/sh', ['-e'], { input: script, encoding: 'utf8', env: environment });

test('a real shell gives every word back as it was', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 20 }), (words) => {
      const script = words.map((word) => `printf '%s\\0' ${shellWord(word)}\n`).join('');
      return shell(script) === words.map((word) => `${word}\0`).join('');
    }),
    { numRuns: 60 },
  );
});

test('a real shell writes every delivered file as it was', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deliver-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  placePrograms(bin, { sudo: '#!/bin/sh\nexec "$@"\n' });
  const environment = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
  try {
    fc.assert(
      fc.property(hostile, (content) => {
        const file = { path: 'steps/one', content };
        const lines = [...makeFolders('linux', [file]), ...writeFile('linux', file)];
        shell(`${lines.join('\n').replaceAll('/opt/regild', join(folder, 'guest'))}\n`, environment);
        return readFileSync(join(folder, 'guest/steps/one'), 'utf8') === content;
      }),
      { numRuns: 60 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
