import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { shellWord } from '../../../src/guest/quote.ts';
import { type Call, type Finished, PROGRAM } from '../../commands/command-line.ts';

/** A question, as far as it is on one line whatever the terminal's width is, and what is typed then. */
interface Typed {
  readonly at: string;
  readonly answer: string;
}

/** Runs regild on a terminal, that of util-linux's `script`, and types an answer once it asks. Its stdout goes to a file, as a user would send `--json`. */
export async function regildOnTerminal(words: readonly string[], { at, answer }: Typed, { folder, environment }: Call): Promise<Finished> {
  const command = `${[process.execPath, PROGRAM, ...words].map(shellWord).join(' ')} >stdout`;
  const env = { HOME: folder, TERM: 'xterm', ...environment, PATH: [dirname(process.execPath), environment?.PATH].join(':') };
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const shown = { text: '', typed: false };
  child.stderr.resume();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown.text += text;
    if (shown.typed || !shown.text.includes(at)) return;
    shown.typed = true;
    child.stdin.write(`${answer}\r`);
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, stdout: await readFile(join(folder, 'stdout'), 'utf8'), stderr: shown.text };
}
