import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import pMap from 'p-map';
import { mutantsOf, type PlacedMutant } from './mutants.ts';

/*
 * npm run mutate [-- --sample 40 --seed 7 --files 'src/plan/*.ts']
 *
 * Plants small faults into the pure rules, one at a time, runs the unit tests with each, and prints how many the tests noticed. Ends with 1 when fewer
 * than nine of ten are. A sample only prints its ratio, for chance makes it better or worse than the whole. Without --sample every fault is tried: hours.
 */

const ROOT = join(import.meta.dirname, '../..');
/** The rules of which a wrong answer builds the wrong image, builds nothing, deletes something, or lets hostile text out. */
const RULES = [
  'src/{match,plan,publish,sweep}/*.ts',
  'src/{stage,fleet,image-report,exit-code}.ts',
  'src/catalog/{index-catalog,variant-words}.ts',
  'src/engines/{encode,handlebars,staged,time-limit}.ts',
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

const all = globSync(values.files, { cwd: ROOT })
  .toSorted()
  .flatMap((file): readonly PlacedMutant[] => mutantsOf(readFileSync(join(ROOT, file), 'utf8')).map((mutant) => ({ file, ...mutant })));
const tried = values.sample === undefined ? all : sampleOf(all, Number(values.sample), Number(values.seed));
process.stdout.write(`${tried.length} of ${all.length} mutants, seed ${values.seed}\n`);
await proveItself();
const survivors = (await pMap(tried, survives, { concurrency: Number(values.workers) })).flat();
const killed = tried.length - survivors.length;
const ratio = killed / tried.length;
process.stdout.write(`${survivors.map(line).join('')}${killed} of ${tried.length} killed: ${(ratio * 100).toFixed(1)} %\n`);
process.exitCode = values.sample !== undefined || ratio >= LEAST ? 0 : 1;

/** Without a fault the tests pass, and one that nobody can miss is planted and noticed: else every count below would be worth nothing. */
async function proveItself(): Promise<void> {
  const nothing: PlacedMutant = { file: 'src/model/index.ts', start: 0, end: 0, replacement: '', rule: 'nothing' };
  if (!(await passes(nothing, undefined))) throw new Error('the unit tests fail without any fault: run `npm run test:unit`');
  if (await passes({ ...nothing, replacement: "throw new Error('planted');" }, 'test/model')) throw new Error('faults are not planted');
}

function sampleOf(mutants: readonly PlacedMutant[], size: number, seed: number): readonly PlacedMutant[] {
  const [chosen = []] = fc.sample(fc.shuffledSubarray([...mutants], { minLength: Math.min(size, mutants.length), maxLength: size }), {
    seed,
    numRuns: 1,
  });
  return chosen;
}

/** The mutant when every test passes with it; the tests of its own folder are asked first, then all. */
async function survives(mutant: PlacedMutant): Promise<readonly PlacedMutant[]> {
  const own = dirname(mutant.file).replace(/^src/, 'test');
  const quick = own !== 'test' && existsSync(join(ROOT, own)) ? [own] : [];
  for (const filter of [...quick, undefined]) if (!(await passes(mutant, filter))) return [];
  process.stdout.write(`survived: ${line(mutant)}`);
  return [mutant];
}

function passes(mutant: PlacedMutant, filter: string | undefined): Promise<boolean> {
  const words = [
    'run',
    '--config',
    'test/mutate/vitest.config.ts',
    '--bail',
    '1',
    '--silent=true',
    ...(filter === undefined ? [] : [filter]),
  ];
  const env = { ...process.env, REGILD_MUTANT: JSON.stringify(mutant), CI: '1' };
  return new Promise((resolve) => {
    execFile(join(ROOT, 'node_modules/.bin/vitest'), words, { cwd: ROOT, env, timeout: 300_000 }, (error) => resolve(error === null));
  });
}

function line({ file, start, end, replacement, rule }: PlacedMutant): string {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const before = text.slice(0, start).split('\n');
  const place = `${file}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
  const shown = (part: string) => part.replaceAll(/\s+/g, ' ').slice(0, 100);
  return `${place} ${rule}: ${shown(text.slice(start, end))} → ${shown(replacement) || 'nothing'}\n`;
}
