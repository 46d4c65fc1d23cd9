import { posix } from 'node:path';
import type { Provisioner } from '../model/index.ts';
import { nativeArgument, powershellString } from './encode.ts';
import { guestPath } from './guest-folder.ts';
import type { Work } from './guest-work.ts';

/** What a provisioner does on Windows: lines that an administrator's PowerShell runs, and the files they name. `file` is the step's place in the guest folder. */
export function windowsWork(provisioner: Provisioner, file: string): Work {
  switch (provisioner.kind) {
    case 'guest':
      return { lines: runScript(posix.basename(provisioner.script), provisioner.arguments) };
    case 'powershell':
      return {
        files: [{ path: `${file}.ps1`, content: ["$ErrorActionPreference = 'Stop'", ...provisioner.lines, ''].join('\n') }],
        lines: runScript(`${file}.ps1`, []),
      };
    case 'file':
      return { files: [{ path: file, content: provisioner.content }], lines: copy(guestPath('windows', file), provisioner.to) };
    case 'shell':
    case 'packages':
    case 'updates':
    case 'ansible':
    case 'chef':
    case 'puppet':
    case 'restart':
      return {};
  }
}

/** A child PowerShell per script: an exit code that the script did not mean, left behind by a program it ran, does not count. */
function runScript(path: string, words: readonly string[]): readonly string[] {
  const command = [
    'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File',
    guestPath('windows', path),
    ...words.map(nativeArgument),
  ];
  return [command.join(' '), 'if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }'];
}

/** The .NET calls take a path as it is; PowerShell's own commands would read `[` and `*` as wildcards. */
function copy(from: string, to: string): readonly string[] {
  const target = powershellString(to);
  return [
    "$ErrorActionPreference = 'Stop'",
    `[void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName(${target}))`,
    `[IO.File]::Copy(${powershellString(from)}, ${target}, $true)`,
  ];
}
