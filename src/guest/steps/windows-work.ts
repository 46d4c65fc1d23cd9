import type { BuildPlan, Provisioner } from '../../model/index.ts';
import { guestPath, inGuestFolder } from '../folder.ts';
import { base64Lines, nativeArgument, powershellString } from '../quote.ts';
import type { Work } from '../work.ts';
import { type SecretAccess, secretArguments, secretList } from './secret-work.ts';

/** What a provisioner does on Windows: lines that an administrator's PowerShell runs, and the files they name. `file` is the step's place in the guest folder. */
export function windowsWork(provisioner: Provisioner, file: string, { build }: BuildPlan): Work {
  switch (provisioner.kind) {
    case 'guest':
      return { lines: runScript(inGuestFolder(provisioner.script), provisioner.arguments) };
    case 'powershell':
      return script(file, provisioner.lines, provisioner.secrets && { secrets: provisioner.secrets, identity: build.identity });
    case 'file':
      return provisioner.encoding
        ? copyBytes(`${file}.base64`, provisioner.to, provisioner.content)
        : { files: [{ path: file, content: provisioner.content }], lines: copy(guestPath('windows', file), provisioner.to) };
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

function script(file: string, lines: readonly string[], access: SecretAccess | undefined): Work {
  const path = `${file}.ps1`;
  const files = [{ path, content: ["$ErrorActionPreference = 'Stop'", ...lines, ''].join('\n') }];
  if (!access) return { files, lines: runScript(path, []) };
  const list = secretList(file, access);
  const words = [...secretArguments(guestPath('windows', list.path), access), guestPath('windows', path)];
  return { files: [...files, list], lines: runScript('with-secrets.ps1', words) };
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
  return [...makeFolderOf(to), `[IO.File]::Copy(${powershellString(from)}, ${powershellString(to)}, $true)`];
}

/** A guest is handed text; it makes the bytes of it. */
function copyBytes(path: string, to: string, base64: string): Work {
  const text = `[IO.File]::ReadAllText(${powershellString(guestPath('windows', path))})`;
  const lines = [...makeFolderOf(to), `[IO.File]::WriteAllBytes(${powershellString(to)}, [Convert]::FromBase64String(${text}))`];
  return { files: [{ path, content: base64Lines(base64) }], lines };
}

function makeFolderOf(file: string): readonly string[] {
  return [
    "$ErrorActionPreference = 'Stop'",
    `[void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName(${powershellString(file)}))`,
  ];
}
