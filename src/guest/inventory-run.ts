import { gunzipSync } from 'node:zlib';
import { sha256 } from '../model/index.ts';
import { withoutLine } from './check-run.ts';

/** Where the inventory lies in the guest between two calls: only root writes below /run, and a restart empties it. */
const PLACE = '/run/regild-inventory';
/** Only administrators write there. */
const WINDOWS_PLACE = '$env:SystemRoot\\regild-inventory.b64';
/** Bytes of it that one answer holds, beside its first line: Run Command keeps 4,096 bytes of what a script prints. */
export const PART = 3900;
/** More (bytes, packed) is not asked for: each answer costs half a minute. */
export const LARGEST = 64 * PART;
/** More (bytes) is in no inventory. */
const UNPACKED = 64 * 1024 * 1024;

/** What a script says of itself in its first lines, beside what is asked: the planned system, and the packages or features that the plan installs. */
export interface InventorySubject {
  readonly os: 'linux' | 'windows';
  readonly distro: string;
  readonly version: string;
  readonly architecture: string;
  readonly installs: readonly string[];
}

/**
 * The script for Run Command that takes the inventory (`scripts/linux/inventory-lines.sh`, `scripts/windows/inventory-lines.ps1`), keeps it packed, and
 * prints its size, its digest and its first part.
 */
export function inventoryScript(lines: string, { os, distro, version, architecture, installs }: InventorySubject): string {
  const head = [
    '# regild-inventory: 0',
    `# regild-system: ${word(distro)} ${word(version)} ${word(architecture)}`,
    `# regild-installs: ${installs.map(word).join(' ')}`,
  ];
  return `${[...head, ...(os === 'windows' ? powershellLines(lines) : shellLines(lines))].join('\n')}\n`;
}

function shellLines(lines: string): readonly string[] {
  const end = 'REGILD_INVENTORY_END';
  return [
    'set -eu',
    'umask 077',
    `cat >${PLACE}.sh <<'${end}'`,
    withoutLine(lines.trimEnd(), end),
    end,
    `sh ${PLACE}.sh >${PLACE}.tsv`,
    `gzip -9 <${PLACE}.tsv | base64 -w 0 >${PLACE}`,
    `rm -f ${PLACE}.sh ${PLACE}.tsv`,
    `size=$(wc -c <${PLACE} | tr -d ' ')`,
    `printf 'regild-inventory\\t%s\\t%s\\n' "$size" "$(sha256sum <${PLACE} | cut -d ' ' -f 1)"`,
    `head -c ${PART} ${PLACE}`,
    `[ "$size" -gt ${PART} ] || rm -f ${PLACE}`,
  ];
}

function powershellLines(lines: string): readonly string[] {
  return [
    "$ErrorActionPreference = 'Stop'",
    '$RegildLines = @(& {',
    lines.trimEnd(),
    '})',
    '$RegildText = [Text.Encoding]::UTF8.GetBytes(($RegildLines -join "`n") + "`n")',
    '$RegildMemory = New-Object IO.MemoryStream',
    '$RegildZip = New-Object IO.Compression.GZipStream($RegildMemory, [IO.Compression.CompressionMode]::Compress)',
    '$RegildZip.Write($RegildText, 0, $RegildText.Length)',
    '$RegildZip.Dispose()',
    '$RegildPacked = [Convert]::ToBase64String($RegildMemory.ToArray())',
    '$RegildHash = [Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::ASCII.GetBytes($RegildPacked))',
    `if ($RegildPacked.Length -gt ${PART}) { [IO.File]::WriteAllText("${WINDOWS_PLACE}", $RegildPacked) }`,
    "\"regild-inventory`t$($RegildPacked.Length)`t$(([BitConverter]::ToString($RegildHash) -replace '-', '').ToLowerInvariant())\"",
    `$RegildPacked.Substring(0, [Math]::Min(${PART}, $RegildPacked.Length))`,
  ];
}

/** The script that prints the part from a byte on; with the last one nothing stays behind. */
export function inventoryPartScript(os: InventorySubject['os'], from: number, isLast: boolean): string {
  if (os === 'windows') return powershellPart(from, isLast);
  const lines = [`# regild-inventory: ${from}`, 'set -eu', `tail -c +${from + 1} ${PLACE} | head -c ${PART}`];
  return `${[...lines, ...(isLast ? [`rm -f ${PLACE}`] : [])].join('\n')}\n`;
}

function powershellPart(from: number, isLast: boolean): string {
  const lines = [
    `# regild-inventory: ${from}`,
    "$ErrorActionPreference = 'Stop'",
    `$RegildPacked = [IO.File]::ReadAllText("${WINDOWS_PLACE}")`,
    `$RegildPacked.Substring(${from}, [Math]::Min(${PART}, $RegildPacked.Length - ${from}))`,
  ];
  return `${[...lines, ...(isLast ? [`[IO.File]::Delete("${WINDOWS_PLACE}")`] : [])].join('\n')}\n`;
}

/** A comment ends with its line. */
function word(text: string): string {
  return text.replace(/[^\w.+:~-]/g, '_');
}

/** What the first answer says of the whole. */
export interface InventoryAnswer {
  readonly size: number;
  readonly sha256: string;
  readonly part: string;
}

/** The first answer; undefined where the guest said something else. */
export function parseInventoryAnswer(stdout: string): InventoryAnswer | undefined {
  const [, size, digest, part = ''] = /^regild-inventory\t(\d{1,9})\t([0-9a-f]{64})\r?\n([A-Za-z0-9+/=]*)\s*$/.exec(stdout) ?? [];
  return size === undefined || digest === undefined ? undefined : { size: Number(size), sha256: digest, part };
}

/** The lines of an inventory from its parts, as bytes since names may be no UTF-8; undefined where one is missing or was damaged. */
export function unpackInventory(packed: string, { size, sha256: digest }: Omit<InventoryAnswer, 'part'>): Buffer | undefined {
  if (packed.length !== size || sha256(packed) !== digest) return undefined;
  try {
    return gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: UNPACKED });
  } catch {
    return undefined;
  }
}
