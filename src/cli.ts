import { runWords } from './commands/run-words.ts';
import { ExitCode } from './model/index.ts';

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

function wantsColor(environment: NodeJS.ProcessEnv): boolean {
  if (environment.NO_COLOR) return false;
  return Boolean(environment.FORCE_COLOR) || process.stderr.isTTY === true;
}

const { signal, exitCode: signalCode } = cancellation();
// A reader that closes the pipe early (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? ExitCode.ok : ExitCode.failed));
const code = await runWords(process.argv.slice(2), {
  environment: process.env,
  folder: process.cwd(),
  input: () => process.stdin,
  out: (text) => void process.stdout.write(text),
  diagnostics: process.stderr,
  interactive: process.stderr.isTTY === true && !process.env.CI,
  color: wantsColor(process.env),
  signal,
  now: () => new Date(),
});
process.exitCode = signalCode() ?? code;
