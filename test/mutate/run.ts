import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { Logger } from '@stryker-mutator/api/logging';
import { Stryker } from '@stryker-mutator/core';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { parse } from 'yaml';
import { AREAS } from './areas.ts';
import { changesNothing, Equivalents, type Fault, line, type Position, sampleOf, textBetween } from './faults.ts';
import { CHOSEN, KILLED, LOADED, REACHED, SPOILT } from './instrumented.ts';

/*
 * npm run mutate [-- --sample 300 --seed 7 --area match --area plan --files 'src/plan/*.ts' --tests test/plan --quick]
 *
 * StrykerJS plants small faults into the pure rules. The unit tests are run once, and each test again with every fault that it reached (runner.ts). What
 * no test noticed is tried by StrykerJS in modules loaded anew, one fault at a time; --quick leaves that out and counts it as not noticed. --tests takes
 * only tests of a folder or file, which is quicker. Prints those that lived and how many were noticed, by area. Ends with 1 when fewer than nine of ten are;
 * a sample only prints its ratio, for chance makes it better or worse.
 */

const ROOT = join(import.meta.dirname, '../..');
const LEAST = 0.9;
/** Milliseconds for all tests with all faults. */
const PATIENCE = 20 * 60_000;

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    area: { type: 'string', multiple: true, default: Object.keys(AREAS) },
    files: { type: 'string', multiple: true },
    workers: { type: 'string', default: '2' },
    tests: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
  },
});

interface Numbered extends Fault {
  /** What switches it on in the instrumented files. */
  readonly id: string;
}

const files = globSync(values.files ?? values.area.flatMap((area) => AREAS[area] ?? []), { cwd: ROOT }).toSorted();
if (files.length === 0) throw new Error(`no such file or area: the areas are ${Object.keys(AREAS).join(', ')}`);
const texts = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
const equivalents = Equivalents.parse(parse(readFileSync(join(import.meta.dirname, 'equivalent.yaml'), 'utf8')));
const { faults, instrumented } = await instrument();
const telling = faults.filter((fault) => !changesNothing(fault, equivalents));
const chosen: readonly Numbered[] = values.sample === undefined ? telling : sampleOf(telling, Number(values.sample), Number(values.seed));
process.stdout.write(
  `${chosen.length} of ${telling.length} faults, seed ${values.seed}; ${faults.length - telling.length} that nobody can notice are left out\n`,
);

const { killed, loaded } = tryAll(chosen);
const rest = chosen.filter(({ id }) => !killed.has(id));
// What a module computes while it is loaded needs every test again for each fault: those are left out of the ratio.
const outcomes = values.quick || rest.length === 0 ? new Map<string, string>() : await outcomesOf(rest);
const outcomeOf = (fault: Numbered) => outcomes.get(key(fault)) ?? (loaded.has(fault.id) ? 'Ignored' : 'Survived');
const lived = rest.filter((fault) => !['Killed', 'Timeout', 'Ignored'].includes(outcomeOf(fault)));
const ignored = new Set(rest.filter((fault) => outcomeOf(fault) === 'Ignored'));
const tried = chosen.filter((fault) => !ignored.has(fault));
process.stdout.write(lived.map((fault) => `survived: ${line(fault)}\n`).join(''));
for (const area of values.files ? [] : values.area) {
  const of = (some: readonly Fault[]) => some.filter(({ file }) => AREAS[area]?.some((pattern) => matchesGlob(file, pattern)));
  process.stdout.write(`${area.padEnd(12)}${ratioText(of(lived).length, of(tried).length)}\n`);
}
process.stdout.write(
  `all         ${ratioText(lived.length, tried.length)}; ${ignored.size} of what is computed while it is loaded were not tried\n`,
);
process.exitCode = values.sample !== undefined || lived.length <= tried.length * (1 - LEAST) ? 0 : 1;

function ratioText(alive: number, of: number): string {
  return of === 0
    ? 'nothing was tried'
    : `${of - alive} of ${of} killed${values.quick ? ', at least' : ''}: ${(((of - alive) / of) * 100).toFixed(1)} %`;
}

/** Every fault that StrykerJS makes of the files, and the files with all of them in, each behind a switch. */
async function instrument(): Promise<{ readonly faults: readonly Numbered[]; readonly instrumented: ReadonlyMap<string, string> }> {
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
  const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: false };
  const made = await new Instrumenter(silent).instrument(sources, options);
  const found = made.mutants.map(({ id, fileName: file, location: { start, end }, replacement, mutatorName: kind }) => ({
    ...{ id, file, start, end, replacement, kind },
    text: textBetween(texts.get(file) ?? '', start, end),
  }));
  return { faults: found, instrumented: new Map(made.files.map(({ name, content }) => [name, content])) };
}

/** Runs the unit tests over the instrumented files, and gives the faults that a test noticed and those that were reached by none, only while modules were loaded. */
function tryAll(some: readonly Numbered[]): { readonly killed: ReadonlySet<string>; readonly loaded: ReadonlySet<string> } {
  const folder = mkdtempSync(join(tmpdir(), 'regild-mutate-'));
  const idsIn = (file: string) =>
    new Set(
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((id) => id !== ''),
    );
  const leftOf = (faults: readonly Numbered[]) => {
    const [killed, spoilt] = [idsIn(KILLED), idsIn(SPOILT)];
    return faults.filter(({ id }) => !killed.has(id) && !spoilt.has(id));
  };
  try {
    for (const [file, text] of instrumented) {
      const path = join(folder, 'files', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    for (const file of [KILLED, LOADED, REACHED, SPOILT]) writeFileSync(join(folder, file), '');
    // Nearly all are noticed by quick tests, which are many times as cheap as the few long ones.
    for (const longest of [20, 2000]) {
      for (let left = leftOf(some), before = Infinity; left.length > 0 && left.length < before; left = leftOf(left)) {
        before = left.length;
        const spoilt = idsIn(SPOILT).size;
        writeFileSync(join(folder, CHOSEN), left.map(({ id }) => `${id}\n`).join(''));
        runTests(folder, longest);
        if (idsIn(SPOILT).size === spoilt) break;
      }
    }
    const reached = idsIn(REACHED);
    return { killed: idsIn(KILLED), loaded: new Set([...idsIn(LOADED)].filter((id) => !reached.has(id))) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What hangs the process is never noticed by a test: then all that it had not tried yet is left. */
function runTests(folder: string, longest: number): void {
  const words = ['run', ...values.tests, '--config', 'test/mutate/fast.config.ts', '--maxWorkers', values.workers, '--reporter', 'json'];
  const env = { ...process.env, REGILD_INSTRUMENTED: folder, REGILD_LONGEST: `${longest}` };
  const results = join(folder, 'results.json');
  rmSync(results, { force: true });
  const command = [join(ROOT, 'node_modules/vitest/vitest.mjs'), ...words, '--outputFile', results];
  const { status, signal } = spawnSync(process.execPath, command, {
    ...{ cwd: ROOT, env, timeout: PATIENCE, killSignal: 'SIGKILL' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (existsSync(results)) return;
  const sentence = `the unit tests over the instrumented rules ended early with ${signal ?? status}`;
  if (readFileSync(join(folder, KILLED), 'utf8') === '') throw new Error(sentence);
  process.stdout.write(`${sentence}: what they had not tried counts as not noticed\n`);
}

/** What StrykerJS says became of each fault, by its key. */
async function outcomesOf(some: readonly Fault[]): Promise<ReadonlyMap<string, string>> {
  const ranges = some.map(({ file, start, end }) => `${file}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`);
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
