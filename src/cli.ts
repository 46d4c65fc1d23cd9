import { outputFailure } from './commands/failure.ts';
import { mapped } from './commands/mapped-stream.ts';
import { runWords } from './commands/run-words.ts';
import { ExitCode } from './model/index.ts';
import { spareMemory } from './spare-memory.ts';
import { onScreen } from './terminal/screen.ts';
import { screenOf } from './terminal/surface.ts';

/**
 * The first signal cancels and lets everything be cleaned up and saved; the second leaves at once. A terminal that goes away, and diagnostics that nobody
 * reads any more, are a signal like the others: what was begun must not be left behind.
 */
function cancellation(): { readonly signal: AbortSignal; readonly exitCode: () => ExitCode | undefined } {
  const controller = new AbortController();
  let received: ExitCode | undefined;
  const cancel = (code: ExitCode) => () => {
    if (received !== undefined) process.exit(code);
    received = code;
    process.stderr.write('\ncancelling: cleaning up and saving the run; press Ctrl-C again to leave at once\n');
    controller.abort();
  };
  process.on('SIGHUP', cancel(ExitCode.hungUp));
  process.stderr.on('error', () => {
    received ??= ExitCode.hungUp;
    controller.abort();
  });
  process.on('SIGINT', cancel(ExitCode.interrupted));
  process.on('SIGTERM', cancel(ExitCode.terminated));
  return { signal: controller.signal, exitCode: () => received };
}

/** Text without control sequences is said, and is shown as the terminal shows text; what has them is drawn, and stays as it is but for its letters. */
function shown(text: string, stream: NodeJS.WriteStream): string {
  const { ascii, ...screen } = screenOf(stream, process.env);
  const isDrawn = text.includes('\u001b') || text.includes('\r');
  return onScreen(text, { ascii, ...(isDrawn ? { color: false } : screen) });
}

const { signal, exitCode: signalCode } = cancellation();
// A reader that closes the pipe early (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitCode.ok);
  process.stderr.write(outputFailure(error));
  process.exit(ExitCode.failed);
});
const code = await runWords(process.argv.slice(2), {
  environment: process.env,
  folder: process.cwd(),
  input: () => process.stdin,
  out: (text) => void process.stdout.write(text),
  tell: (text) => void process.stdout.write(onScreen(text, screenOf(process.stdout, process.env))),
  columns: screenOf(process.stdout, process.env).columns,
  diagnostics: mapped(process.stderr, (text) => shown(text, process.stderr)),
  interactive: process.stderr.isTTY === true && !process.env.CI,
  color: screenOf(process.stderr, process.env).color,
  signal,
  now: () => new Date(),
  spareMemory,
});
process.exitCode = signalCode() ?? code;
