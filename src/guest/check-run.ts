import { RegildError } from '../errors.ts';
import type { GuestFamily } from '../model/index.ts';
import { shellWord } from './quote.ts';
import { checkFile, libraryFiles, scriptPath } from './scripts.ts';
import { asciiJson, familyLine } from './tables.ts';

/** Text of the scripts that make up a check run; `components` is the guest's component table (`components.tsv` or `.json`). */
export interface CheckTexts {
  /** The library's files in the order in which they are loaded. */
  readonly library: readonly string[];
  /** What runs checks: `checks.sh` or `checks.ps1`. */
  readonly runner: string;
  /** By the check's id; one that has no text answers that it does not exist. */
  readonly checks: ReadonlyMap<string, string>;
  /** `scripts/linux/record.sh` or `scripts/windows/record.ps1`. */
  readonly record: string;
  readonly components?: string | undefined;
  /** What the manifest answers for (`answers.tsv`). */
  readonly answers?: string | undefined;
  /** Of the planned system. */
  readonly family: GuestFamily;
  /** The administrator of the machine that is asked, and the private key (PEM) that lets in. */
  readonly login?: { readonly user: string; readonly privateKey: string } | undefined;
}

/** The texts of a run of these checks (ids), read by their path below the installation. */
export async function checkTexts(
  os: 'linux' | 'windows',
  ids: readonly string[],
  read: (path: string) => Promise<string>,
): Promise<Omit<CheckTexts, 'components' | 'answers' | 'family' | 'login'>> {
  const [library, runner, record, checks] = await Promise.all([
    Promise.all(libraryFiles(os).map(read)),
    read(scriptPath(os, 'checks')),
    read(scriptPath(os, 'record')),
    Promise.all(ids.map(async (id) => [id, await read(checkFile(os, id))] as const)),
  ]);
  return { library, runner, record, checks: new Map(checks) };
}

/** The functions that a run of these checks needs, and no others. */
function functions({ library, runner, checks }: CheckTexts, ids: readonly string[]): readonly string[] {
  return [...library, runner, ...ids.flatMap((id) => checks.get(id) ?? [])].map((text) => text.trimEnd());
}

/**
 * One script for Run Command that runs these checks on a booted VM and prints one line for each, then as much of the image's record as there is room
 * for. Its first two lines name the checks and the digest of the plan whose record is expected.
 * Texts are `scripts/linux/*.sh` or `scripts/windows/*.ps1`. Throws CATALOG_INVALID for an id that is not lower-case kebab.
 */
export function checkScript(os: 'linux' | 'windows', texts: CheckTexts, ids: readonly string[], digest: string): string {
  const parts = os === 'windows' ? powershellParts(texts, ids) : shellParts(texts, ids);
  return `${[idsLine(ids), `# regild-record: ${digest}`, ...parts].join('\n')}\n`;
}

/**
 * One script for Run Command that runs checks on a VM that was restarted after `checkScript` ran on it, and prints one line for each.
 * Throws CATALOG_INVALID for an id that is not lower-case kebab.
 */
export function restartedScript(os: 'linux' | 'windows', all: CheckTexts, ids: readonly string[]): string {
  const texts = functions(all, ids);
  const parts =
    os === 'windows'
      ? ['$RegildInline = $true', ...texts, `Invoke-RegildChecks -Stage 'restarted' -Ids @(${powershellList(ids)})`]
      : ['REGILD_INLINE=1', familyLine(all.family).trimEnd(), ...texts, `regild_run_checks restarted ${ids.join(' ')}`];
  return `${[idsLine(ids), ...parts].join('\n')}\n`;
}

/** The first line of every script: what is asked. */
function idsLine(ids: readonly string[]): string {
  const wrong = ids.find((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id));
  if (wrong !== undefined) throw new RegildError('CATALOG_INVALID', `the check id ${JSON.stringify(wrong)} is not lower-case kebab`);
  return `# regild-checks: ${ids.join(' ')}`;
}

function powershellList(ids: readonly string[]): string {
  return ids.map((id) => `'${id}'`).join(', ');
}

/** Bytes of a script's output that Run Command keeps (learn.microsoft.com/azure/virtual-machines/linux/run-command), less what may come between. */
const KEPT = 4096 - 64;

function shellParts(texts: CheckTexts, ids: readonly string[]): readonly string[] {
  const run = [
    `results=$(regild_run_checks test-vm ${ids.join(' ')}) || :`,
    `printf '%s\\n' "$results"`,
    'regild_mark_boot',
    `regild_print_record $((${KEPT} - \${#results}))`,
  ];
  return [
    'REGILD_INLINE=1',
    familyLine(texts.family).trimEnd(),
    ...functions(texts, ids),
    texts.record.trimEnd(),
    ...shellTable('regild_use_table', texts.components && findable(texts.components)),
    ...shellTable('regild_use_answers', texts.answers?.trimEnd()),
    ...shellTable(`regild_use_login ${shellWord(texts.login?.user ?? '')}`, texts.login?.privateKey.trimEnd()),
    ...run,
  ];
}

/** A table as the standard input of the function that takes it; nothing where there is none. */
function shellTable(reader: string, text: string | undefined): readonly string[] {
  const end = 'REGILD_TABLE_END';
  return text === undefined ? [] : [`${reader} <<'${end}'`, withoutLine(text, end), end];
}

function powershellParts(texts: CheckTexts, ids: readonly string[]): readonly string[] {
  const run = [
    `Invoke-RegildChecks -Stage 'test-vm' -Ids @(${powershellList(ids)})`,
    'Set-RegildBoot',
    `Write-RegildRecord (${KEPT} - $script:RegildPrinted)`,
  ];
  return [
    '$RegildInline = $true',
    ...functions(texts, ids),
    texts.record.trimEnd(),
    ...powershellTable('RegildTable', texts.components),
    ...powershellTable('RegildAnswers', texts.answers && asciiJson(texts.answers.trimEnd().split('\n'))),
    ...run,
  ];
}

/** A table as a here-string; nothing where there is none. */
function powershellTable(variable: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`$script:${variable} = @'`, withoutLine(text.trimEnd(), "'@"), "'@"];
}

/** Rows by which a component that nobody keeps is found (`regild_unwanted_ids`): Run Command takes a script of limited length. */
function findable(table: string): string {
  const found = new Set(['leftover', 'deb', 'rpm', 'snap', 'pip', 'service', 'path', 'user', 'content']);
  const rows = table.split('\n');
  const unsupported = new Set(rows.flatMap((row) => /^([^\t]+)\treport\t[^\t]*\tpolicy\tunsupported$/.exec(row)?.[1] ?? []));
  return rows
    .filter((row) => {
      const [id = '', action, , field = ''] = row.split('\t');
      return unsupported.has(id) ? found.has(field) || field === 'policy' : action === 'remove' && found.has(field);
    })
    .join('\n');
}

/** Data between two markers must not hold a line that begins like the closing one. */
export function withoutLine(text: string, marker: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith(marker))
    .join('\n');
}
