import type { AddedCheck } from '../model/index.ts';
import type { GuestFile } from './folder.ts';
import { inGuestFolder } from './folder.ts';
import { powershellString, shellWord } from './quote.ts';
import { checkFile } from './scripts.ts';

type System = 'linux' | 'windows';

/** The shell that reads the script of a check on a system. */
export const SHELL_OF = { linux: 'shell', windows: 'powershell' } as const satisfies Record<System, AddedCheck['shell']>;

/**
 * A check of the user's as the file of its name in `checks/`, like one of regild's own: a function that runs the script in a shell of its own, ends it
 * when its time is up, and fails with the last lines that it printed when it ends with anything but 0.
 */
export function addedCheckFile(system: System, check: Pick<AddedCheck, 'id' | 'timeoutSeconds'>, script: string): GuestFile {
  const name = `check_${check.id.replaceAll('-', '_')}`;
  const lines = system === 'windows' ? onWindows(name, check.timeoutSeconds, script) : onLinux(name, check.timeoutSeconds, script);
  return { path: inGuestFolder(checkFile(system, check.id)), content: `${lines.join('\n')}\n` };
}

function onLinux(name: string, seconds: number, script: string): readonly string[] {
  return [
    `${name}() {`,
    '  code=0',
    // Into a file: a pipe would be waited for until whatever the script left running has ended too.
    '  said=$(mktemp)',
    `  timeout -k 5 ${seconds} sh -e -c ${shellWord(script)} >"$said" 2>&1 </dev/null || code=$?`,
    `  last=$(tail -n 3 "$said" | tr '\\n' ' ' | sed 's/ $//')`,
    '  rm -f "$said"',
    '  case $code in',
    '    0) ;;',
    `    124) fail "it was not done within ${seconds} seconds\${last:+: $last}" ;;`,
    `    137) fail "it was killed, or not done within ${seconds} seconds" ;;`,
    '    *) fail "it ended with $code: $last" ;;',
    '  esac',
    '}',
  ];
}

/** Bytes of a word that a command line has room for: Windows takes 32,767 characters with the program and its options, Linux 128 KiB (execve(2)). */
const LONGEST_WORD = { windows: 32_000, linux: 131_071 } as const satisfies Record<System, number>;

/** A script as PowerShell's -EncodedCommand; what it prints is UTF-8 then, and not of the code page of the machine, in which most letters are lost. */
function encodedScript(script: string): string {
  const utf8 = 'try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch { $null = $_ }';
  return Buffer.from(`$ErrorActionPreference = 'Stop'\n${utf8}\n${script}`, 'utf16le').toString('base64');
}

/** Whether a script is longer than the shell of a check can be handed. */
export function isTooLong(system: System, script: string): boolean {
  return Buffer.byteLength(system === 'windows' ? encodedScript(script) : script) > LONGEST_WORD[system];
}

/** A child PowerShell is handed its script in base64 of UTF-16, the one form that needs no quoting and no code page. */
function onWindows(name: string, seconds: number, script: string): readonly string[] {
  const encoded = encodedScript(script);
  return [
    `function ${name} {`,
    '    $output = [IO.Path]::GetTempFileName()',
    `    $words = '-NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ' + ${powershellString(encoded)}`,
    "    $process = Start-Process -FilePath 'powershell.exe' -ArgumentList $words -PassThru -NoNewWindow -RedirectStandardOutput $output",
    '    $null = $process.Handle',
    `    $done = $process.WaitForExit(${seconds * 1000})`,
    '    if (-not $done) { $process.Kill() }',
    // What the script left running may still write there: Get-Content reads such a file, ReadAllLines does not.
    "    $said = @(Get-Content -LiteralPath $output -Encoding UTF8 | Select-Object -Last 3) -join ' '",
    '    Remove-Item -LiteralPath $output -Force -ErrorAction SilentlyContinue',
    `    if (-not $done) { Fail "it was not done within ${seconds} seconds: $said" }`,
    '    if ($process.ExitCode -ne 0) { Fail "it ended with $($process.ExitCode): $said" }',
    '}',
  ];
}
