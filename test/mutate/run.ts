import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { Logger } from '@stryker-mutator/api/logging';
import { Stryker } from '@stryker-mutator/core';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { parse } from 'yaml';
import { changesNothing, Equivalents, type Fault, line, type Position, sampleOf, textBetween } from './faults.ts';

/*
 * npm run mutate [-- --sample 40 --seed 7 --files 'src/plan/*.ts']
 *
 * StrykerJS plants small faults into the pure rules, one at a time, and runs the unit tests that reach the place. Prints those that no test noticed and how
 * many were noticed. Ends with 1 when fewer than nine of ten are; a sample only prints its ratio, for chance makes it better or worse than the whole.
 */

const ROOT = join(import.meta.dirname, '../..');
/** The rules of which a wrong answer builds the wrong image, builds nothing, deletes something, or lets hostile text out. */
const RULES = [
  'src/{match,plan,publish,sweep}/*.ts',
  'src/{stage,fleet,image-report,exit-code}.ts',
  'src/catalog/{index-catalog,variant-words}.ts',
  'src/engines/{encode,handlebars,staged}.ts',
  'src/time-limit.ts',
  'src/guest/quote.ts',
  'src/report/encode.ts',
  'src/model/{compare-text,confidence,features,gallery-ref,our-names,resource-name,run,version-order}.ts',
];
const LEAST = 0.9;

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    files: { type: 'string', multiple: true, default: RULES },
    workers: { type: 'string', default: '2' },
  },
});

const files = globSync(values.files, { cwd: ROOT }).toSorted();
const texts = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
const equivalents = Equivalents.parse(parse(readFileSync(join(import.meta.dirname, 'equivalent.yaml'), 'utf8')));
const all = await faultsOf();
const telling = all.filter((fault) => !changesNothing(fault, equivalents));
const chosen = values.sample === undefined ? telling : sampleOf(telling, Number(values.sample), Number(values.seed));
process.stdout.write(
  `${chosen.length} of ${telling.length} faults, seed ${values.seed}; ${all.length - telling.length} that nobody can notice are left out\n`,
);

const outcomes = await outcomesOf(chosen);
// StrykerJS tries what lies within a chosen fault too.
const tried = telling.filter((fault) => outcomes.has(key(fault)) && outcomes.get(key(fault)) !== 'Ignored');
const lived = tried.filter((fault) => !['Killed', 'Timeout'].includes(outcomes.get(key(fault)) ?? ''));
const ratio = (tried.length - lived.length) / tried.length;
process.stdout.write(lived.map((fault) => `survived (${outcomes.get(key(fault))}): ${line(fault)}\n`).join(''));
process.stdout.write(`${tried.length - lived.length} of ${tried.length} killed: ${(ratio * 100).toFixed(1)} %\n`);
process.exitCode = values.sample !== undefined || ratio >= LEAST ? 0 : 1;

/** Every fault that StrykerJS makes of the files. */
async function faultsOf(): Promise<readonly Fault[]> {
  const nothing = () => {};
  const never = () => false;
  const silent: Logger = {
    ...{ trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing },
    ...{
      isTraceEnabled: never,
      isDebugEnabled: never,
      isInfoEnabled: never,
      isWarnEnabled: never,
      isErrorEnabled: never,
      isFatalEnabled: never,
    },
  };
  const sources = [...texts].map(([name, content]) => ({ name, content, mutate: true }));
  const { mutants } = await new Instrumenter(silent).instrument(sources, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
    noHeader: true,
  });
  return mutants.map(({ fileName: file, location: { start, end }, replacement, mutatorName: kind }) => ({
    ...{ file, start, end, replacement, kind },
    text: textBetween(texts.get(file) ?? '', start, end),
  }));
}

/** What became of each fault, by its key. */
async function outcomesOf(faults: readonly Fault[]): Promise<ReadonlyMap<string, string>> {
  const ranges = faults.map(({ file, start, end }) => `${file}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`);
  const options = { configFile: 'test/mutate/stryker.json', mutate: [...new Set(ranges)], concurrency: Number(values.workers) };
  const results = await new Stryker(options).runMutationTest();
  return new Map(
    results.map(({ fileName, location: { start, end }, replacement, status }) => {
      const fromZero = [start, end].map((at) => ({ line: at.line - 1, column: at.column - 1 }));
      return [keyOf(relative(ROOT, fileName), fromZero, replacement), status];
    }),
  );
}

function key({ file, start, end, replacement }: Fault): string {
  return keyOf(file, [start, end], replacement);
}

function keyOf(file: string, places: readonly Position[], replacement: string): string {
  return [file, ...places.map(({ line: row, column }) => `${row}:${column}`), replacement].join(' ');
}
