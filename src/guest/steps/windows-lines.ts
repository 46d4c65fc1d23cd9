import { guestPath } from '../folder.ts';
import { nativeArgument, powershellString } from '../quote.ts';
import type { Lines } from './step.ts';

/** A script of the guest folder in a PowerShell of its own: an exit code that the script did not mean, left behind by a program it ran, does not count. */
export function runScript(path: string, words: readonly string[]): readonly string[] {
  const command = [
    'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File',
    guestPath('windows', path),
    ...words.map(nativeArgument),
  ];
  return [command.join(' '), 'if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }'];
}

/** A script of the step's own, which ends at its first failing line. */
export function script(file: string, lines: readonly string[]): Required<Lines> {
  const path = `${file}.ps1`;
  return { files: [{ path, content: ["$ErrorActionPreference = 'Stop'", ...lines, ''].join('\n') }], lines: runScript(path, []) };
}

/** Lines that put a file of the guest folder where it belongs. The .NET calls take a path as it is; PowerShell's own commands would read `[` and `*` as wildcards. */
export function place(own: string, to: string): readonly string[] {
  return [...makeFolderOf(to), `[IO.File]::Copy(${powershellString(guestPath('windows', own))}, ${powershellString(to)}, $true)`];
}

/** Lines that make the folder of a path. */
export function makeFolderOf(path: string): readonly string[] {
  return [
    "$ErrorActionPreference = 'Stop'",
    `[void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName(${powershellString(path)}))`,
  ];
}
