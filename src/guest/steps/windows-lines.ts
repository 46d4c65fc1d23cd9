import { guestPath } from '../folder.ts';
import { nativeArgument } from '../quote.ts';

/** A script of the guest folder in a PowerShell of its own: an exit code that the script did not mean, left behind by a program it ran, does not count. */
export function runScript(path: string, words: readonly string[]): readonly string[] {
  const command = [
    'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File',
    guestPath('windows', path),
    ...words.map(nativeArgument),
  ];
  return [command.join(' '), 'if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }'];
}
