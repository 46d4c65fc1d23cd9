import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');

interface Shown {
  /** Everything that stood on the terminal, without the spaces at the end of lines. */
  readonly lines: readonly string[];
  readonly escapes: number;
  readonly colours: number;
  readonly exit: number;
}

/** Calls regild on a pseudo terminal of 24 × 80 where a person would sit: no CI. */
async function onTerminal(words: readonly string[], folder: string, environment: Readonly<Record<string, string>>): Promise<Shown> {
  const { PATH = '', HOME = '' } = process.env;
  const { stdout } = await promisify(execFile)(
    'python3',
    [join(import.meta.dirname, 'terminal.py'), process.execPath, join(ROOT, 'src/main.js'), ...words],
    {
      cwd: folder,
      env: { PATH, HOME, LANG: 'C.UTF-8', TERM: 'xterm-256color', REGILD_SANDBOX_SPEED: '5000', ...environment },
      maxBuffer: 1 << 26,
    },
  );
  return JSON.parse(stdout);
}

/** What is said of results on a terminal: drawn once, coloured, the last line says how to go on; and a dumb terminal is sent no control sequence. */
export async function terminalChecks(): Promise<readonly { readonly what: string; readonly findings: readonly string[] }[]> {
  const folder = mkdtempSync(join(tmpdir(), 'regild-terminal-'));
  try {
    await onTerminal(['init'], folder, {});
    const run = await onTerminal(['build', '--sandbox'], folder, {});
    const dumb = await onTerminal(['plan', '--sandbox'], folder, { TERM: 'dumb' });
    const plain = await onTerminal(['check'], folder, { NO_COLOR: '1' });
    return [
      { what: 'a build ends with 0', findings: run.exit === 0 ? [] : run.lines.slice(-24) },
      { what: 'the live list stands once', findings: once(run, /^web-golden published$/) },
      {
        what: 'the run and its folder can be read',
        findings: [...once(run, /^run {9}\S+; cut short/), ...once(run, /^run folder {2}\S+$/)],
      },
      {
        what: 'the last line says how to go on',
        findings: run.lines.join('\n').trimEnd().split('\n').slice(-2).join(' ').includes('next        `regild use web-golden')
          ? []
          : run.lines.slice(-4),
      },
      {
        what: 'no word is cut at the edge',
        findings: run.lines.filter((line) => /^ {2}(?:components|warning|forecast) .*\S{79}/.test(line)),
      },
      { what: 'results have colours', findings: run.colours > 10 ? [] : [`green ${run.colours} times`] },
      {
        what: 'a dumb terminal gets text alone',
        findings: dumb.exit === 0 && dumb.escapes === 0 ? [] : [`exit ${dumb.exit}, ${dumb.escapes} control sequences`],
      },
      { what: 'NO_COLOR leaves no colour', findings: plain.escapes === 0 ? [] : [`${plain.escapes} control sequences`] },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function once({ lines }: Shown, pattern: RegExp): readonly string[] {
  const found = lines.filter((line) => pattern.test(line)).length;
  return found === 1 ? [] : [`${pattern} stands ${found} times`];
}
