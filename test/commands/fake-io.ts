import { Command as Program } from 'commander';
import type { Io, Verb } from '../../src/commands/command.ts';
import { ExitCode } from '../../src/model/index.ts';

export interface Heard {
  readonly io: Io;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

const { REGILD_CATALOG } = process.env;

/** A process of one's own: what is said is kept. Without an environment it has the catalog that test/published-program.ts compiled. */
export function fakeIo(folder: string, environment: Io['environment'] = { REGILD_CATALOG, REGILD_SANDBOX_STATE: 'none' }): Heard {
  const said: { readonly stdout: string[]; readonly stderr: string[] } = { stdout: [], stderr: [] };
  const io: Io = {
    environment,
    folder,
    out: (text) => void said.stdout.push(text),
    tell: (text) => void said.stdout.push(text),
    diagnostics: { write: (text: string) => said.stderr.push(text) } as unknown as NodeJS.WriteStream,
    interactive: false,
    color: false,
    signal: new AbortController().signal,
    now: () => new Date(),
  };
  return { io, stdout: () => said.stdout.join(''), stderr: () => said.stderr.join('') };
}

/** Calls a verb with words, in this process; rejects with what it throws. */
export async function call(verb: Verb, words: readonly string[], { io }: Heard): Promise<ExitCode> {
  let code: ExitCode = ExitCode.ok;
  const program = new Program().exitOverride().configureOutput({ writeErr: () => {} });
  verb(program, async (work) => {
    code = await work(io);
  });
  await program.parseAsync(words, { from: 'user' });
  return code;
}
