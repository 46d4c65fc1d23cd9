import type { Command as Program } from 'commander';
import type { ExitCode } from '../model/index.ts';
import type { Content } from '../model/redact.ts';

/** The process as a command sees it; `cli.ts` alone touches the real one. */
export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the working folder. */
  readonly folder: string;
  /** Standard input, read from where it is asked for; absent where there is none. */
  readonly input?: () => AsyncIterable<Uint8Array>;
  /** Writes results for programs, byte for byte but for secrets: what becomes of those is said by what the text is. */
  readonly out: (text: string, content: Content) => void;
  /** Writes results for people: wrapped and coloured where a person's screen shows them. */
  readonly tell: (text: string) => void;
  /** Cells of a line where a person's screen shows the results; undefined in files, pipes and logs. */
  readonly columns?: number | undefined;
  /** Progress and diagnostics. */
  readonly diagnostics: NodeJS.WriteStream;
  /** True when a person watches the diagnostics on a terminal. */
  readonly interactive: boolean;
  readonly color: boolean;
  /** Aborts at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** From here on new objects get no more room than they have: for work that leaves much behind, of which little lives. */
  readonly spareMemory?: () => void;
}

/** How a verb is defined: adds arguments and options, and the action that reports an exit code. */
export type Verb = (program: Program, run: (work: (io: Io) => Promise<ExitCode>) => Promise<void>) => void;
