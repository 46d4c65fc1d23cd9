import { join } from 'node:path';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import type { SandboxOptions } from '../../src/sandbox/index.ts';
import { inSandbox, type ScenarioRun } from '../scenarios/walk.ts';

const SCENARIOS = join(import.meta.dirname, '../scenarios');

/** Something that regild or a stranger does, in a sandbox of its own. */
export interface Flow {
  readonly name: string;
  /** Folder below `test/scenarios` that gives the image. */
  readonly scenario: string;
  readonly options?: SandboxOptions;
  /** Throws when it did not go as the name says: then its recording proves nothing. */
  readonly walk: (run: ScenarioRun, folder: string) => Promise<void>;
}

/** What went over the wire in a flow, and why it went another way than it should, if it did. */
export interface Recording {
  readonly name: string;
  readonly exchanges: readonly Exchange[];
  readonly failure: string | undefined;
}

export async function record({ name, scenario, options, walk }: Flow): Promise<Recording> {
  const folder = join(SCENARIOS, scenario);
  return inSandbox(folder, { ...options, record: true }, async (run) => {
    try {
      await walk(run, folder);
      return { name, exchanges: run.sandbox.exchanges, failure: undefined };
    } catch (error) {
      return { name, exchanges: run.sandbox.exchanges, failure: error instanceof Error ? error.message : String(error) };
    }
  });
}
