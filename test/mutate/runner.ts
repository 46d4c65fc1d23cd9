import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunnerTestCase, type RunnerTestSuite, TestRunner, type TestTryOptions } from 'vitest';
import { CHOSEN, INSTRUMENTED, KILLED, LOADED, LONGEST, REACHED, SPOILT } from './instrumented.ts';

/** What the code that StrykerJS instrumented reads and writes: the fault that is switched on, and which were reached. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: { readonly static: Record<string, number>; readonly perTest: Record<string, Record<string, number>> };
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

/** A loop that passes a fault more often never ends. */
const HITS = 100_000;

const shared = globalThis as { __stryker__?: Switches; regildMutation?: Thread };
shared.__stryker__ ??= {};
shared.regildMutation ??= { loaded: new Set(), reached: new Set() };
const switches = shared.__stryker__;
const lines = (file: string) =>
  readFileSync(join(INSTRUMENTED, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

function note(file: string, faults: readonly string[]): void {
  appendFileSync(join(INSTRUMENTED, file), faults.map((fault) => `${fault}\n`).join(''));
}

/** Files of one thread share their modules, and so what a fault left in them; each has a runner of its own. */
interface Thread {
  /** Faults that were reached while something was loaded. */
  readonly loaded: Set<string>;
  /** Faults that a test reached. */
  readonly reached: Set<string>;
  spoilt?: boolean;
}
const state = shared.regildMutation;

/** Notes those that were not noted yet. */
function noteNew(file: string, faults: readonly string[], noted: Set<string>): void {
  const found = faults.filter((fault) => !noted.has(fault));
  for (const fault of found) noted.add(fault);
  if (found.length > 0) note(file, found);
}

function spoil(fault: string): Turn {
  note(SPOILT, [fault]);
  state.spoilt = true;
  return { kind: 'done' };
}

type Turn = { readonly kind: 'plain' | 'again' | 'done' } | { readonly kind: 'fault' | 'control'; readonly fault: string };

/**
 * Runs each test once as it is, then once more for every fault that it reached and no test noticed so far, with that fault switched on. A test that fails then
 * and passes again without the fault has noticed it. When it does not pass again, the fault has left something behind that would make others fail: nothing
 * more is tried in this process, and run.ts runs the tests again with what is left.
 */
export default class MutationRunner extends TestRunner {
  readonly #chosen = new Set(lines(CHOSEN));
  readonly #killed = new Set<string>();
  #turn: Turn = { kind: 'plain' };
  #queue: readonly string[] = [];
  #began = process.threadCpuUsage();

  override async onBeforeRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    noteNew(LOADED, Object.keys(switches.mutantCoverage?.static ?? {}), state.loaded);
  }

  override async onBeforeRunTask(test: RunnerTestCase): Promise<void> {
    await super.onBeforeRunTask(test);
    test.repeats = Number.MAX_SAFE_INTEGER;
    this.#turn = { kind: 'plain' };
    this.#began = process.threadCpuUsage();
  }

  override onBeforeTryTask(test: RunnerTestCase, options: TestTryOptions): void {
    super.onBeforeTryTask(test, options);
    // Here and not in the test: also where a hook fails, the endless repeats have to end.
    if (this.#turn.kind === 'done') test.context.skip();
    // What failed so far is of no use, and its errors show whole plans.
    if (test.result) Object.assign(test.result, { errors: undefined, attempts: [] });
    switches.currentTestId = this.#turn.kind === 'plain' ? test.id : undefined;
    switches.hitCount = 0;
    switches.hitLimit = HITS;
    switches.activeMutant = this.#turn.kind === 'fault' ? this.#turn.fault : undefined;
  }

  /** That it fails is enough: the difference of two plans takes longer to work out than the test. */
  async runTask(test: RunnerTestCase): Promise<void> {
    try {
      await TestRunner.getTestFn(test)();
    } catch (error) {
      throw switches.activeMutant === undefined ? error : new Error('noticed');
    }
  }

  override async onAfterRetryTask(test: RunnerTestCase, options: TestTryOptions): Promise<void> {
    await super.onAfterRetryTask(test, options);
    switches.activeMutant = undefined;
    switches.currentTestId = undefined;
    this.#turn = this.#next(test, test.result?.state === 'pass');
  }

  #next(test: RunnerTestCase, passed: boolean): Turn {
    switch (this.#turn.kind) {
      case 'plain':
        // Nor does one that fails as it is.
        if (!passed || process.threadCpuUsage(this.#began).user / 1000 > LONGEST) return { kind: 'done' };
        this.#queue = this.#reached(test.id);
        return this.#queue.length === 0 ? { kind: 'done' } : { kind: 'again' };
      case 'again':
        // A test that cannot be run twice tells nothing.
        return passed ? this.#nextFault() : { kind: 'done' };
      case 'fault':
        return passed ? this.#nextFault() : { kind: 'control', fault: this.#turn.fault };
      case 'control':
        if (!passed) return spoil(this.#turn.fault);
        this.#killed.add(this.#turn.fault);
        note(KILLED, [this.#turn.fault]);
        return this.#nextFault();
      case 'done':
        return { kind: 'done' };
    }
  }

  #nextFault(): Turn {
    const [fault, ...rest] = this.#queue;
    this.#queue = rest;
    return fault === undefined || state.spoilt ? { kind: 'done' } : { kind: 'fault', fault };
  }

  /** Faults that a test reached and that nobody noticed yet. */
  #reached(test: string): readonly string[] {
    const reached = Object.keys(switches.mutantCoverage?.perTest[test] ?? {}).filter((fault) => this.#chosen.has(fault));
    noteNew(REACHED, reached, state.reached);
    if (reached.length > 0) for (const fault of lines(KILLED)) this.#killed.add(fault);
    return reached.filter((fault) => !this.#killed.has(fault));
  }
}
