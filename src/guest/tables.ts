import type { Agent, Catalog, Component } from '../catalog/schema.ts';
import {
  type Architecture,
  type BuildPlan,
  type ComponentDecision,
  formatUrn,
  type GuestFamily,
  type ImageSpec,
  type PlannedCheck,
} from '../model/index.ts';
import { leftoverWord, tableLines } from './component-lines.ts';
import type { GuestFile } from './folder.ts';
import { shellWord } from './quote.ts';

/**
 * What the guest scripts know about AWS components: `components.tsv` for Linux, `components.json` for Windows.
 *
 * A line of the table is `id<TAB>action<TAB>phase<TAB>field<TAB>value…`, with action `remove | keep | report` from the decision:
 * - `policy`, `title`: as in the catalog · `leftover`: `block | warn | harmless`
 * - `deb`, `rpm`, `snap`, `pip`, `service`, `path`, `user`: something to find; paths are shell globs, `~` stands for every home
 * - `content`: glob, extended regular expression
 * - `packages`: `keep` where found packages stay
 * - `uninstall`: program with arguments · `uninstall-unless`: package (glob) that forbids it · `remove-path`: glob
 * - `delete-line`: glob, expression · `substitute`: glob, expression, replacement
 *
 * The JSON is a list of the catalog's own fields with `action` added and `leftover` as in the table, in ASCII. A component without a decision is left out.
 */
export function componentTable(
  os: 'linux' | 'windows',
  { components, index }: Pick<Catalog, 'components' | 'index'>,
  decisions: readonly ComponentDecision[],
): GuestFile {
  const actions = new Map(decisions.map(({ id, action }) => [id, action]));
  const decided = components.flatMap((component): readonly Decided[] => {
    const action = component.os === os ? actions.get(component.id) : undefined;
    return action === undefined ? [] : [{ component, action }];
  });
  return os === 'windows'
    ? { path: 'components.json', content: asciiJson(decided.map(windowsComponent)) }
    : {
        path: 'components.tsv',
        content: decided.map(({ component, action }) => (index.tableLines.get(component) ?? tableLines(component))[action]).join(''),
      };
}

/** The checks that the guest runs by itself: `checks.tsv`, lines of `id<TAB>severity<TAB>stages, joined by commas`, and `<TAB>own` for the user's. */
export function checkTable(checks: readonly Pick<PlannedCheck, 'id' | 'severity' | 'stages' | 'added'>[]): GuestFile {
  const rows = checks.map(({ id, severity, stages, added }) => [id, severity, stages.join(','), ...(added ? ['own'] : [])]);
  return { path: 'checks.tsv', content: table(rows) };
}

/**
 * What the leak scan knows about agents of other vendors: `agents.tsv`, for each first `id<TAB>says<TAB>title and preparation`, then lines of
 * `id<TAB>secret|registered|unsure<TAB>glob<TAB>extended regular expression or nothing`.
 */
export function agentTable(os: 'linux' | 'windows', agents: readonly Agent[]): GuestFile {
  const rows = agents
    .filter((agent) => agent.os === os)
    .flatMap(({ id, title, preparation, identity }) => [
      [id, 'says', `${title}: ${preparation}`],
      ...identity.map(({ means, path, pattern }) => [id, means, path, pattern ?? '']),
    ]);
  return { path: 'agents.tsv', content: table(rows) };
}

/** One thing that somebody answers for: globs over ids of checks or rules of the leak scan, and over what they found. */
export interface GuestAnswer {
  readonly id: string;
  readonly item: string;
  readonly reason: string;
}

/** Name of the file that says what is answered for. */
export const ANSWERS = 'answers.tsv';

/** What checks and the leak scan let pass, because the manifest answers for it: lines of `id<TAB>item<TAB>reason`. */
export function answerTable(answers: readonly GuestAnswer[]): GuestFile {
  return { path: ANSWERS, content: table(answers.map(({ id, item, reason }) => [id, item, reason])) };
}

/** The paths that `checks.allowLeaks` names, for every rule of the leak scan on either system. */
export function leakAnswers(allowed: ImageSpec['checks']['allowLeaks']): readonly GuestAnswer[] {
  return allowed.map(({ path, reason }) => ({ id: 'S[LW]-*', item: path, reason }));
}

/** What `grow.sh` gives to each volume of LVM: `volumes.tsv`, lines of `mount point<TAB>percent`; no file where its own rule holds. */
export function volumeTable(volumes: ImageSpec['build']['volumes']): readonly GuestFile[] {
  if (volumes === undefined) return [];
  return [{ path: 'volumes.tsv', content: table(Object.entries(volumes).map(([place, percent]) => [place, `${percent}`])) }];
}

/**
 * What the guest knows of itself: for Linux `guest.env`, lines of shell that every script starts from, which say of which family the system is; for Windows,
 * which has one family, `system.json`. With the system that the plan was made for, a guest of another is refused.
 */
export function guestEnvironment(family: GuestFamily, planned?: PlannedSystem): readonly GuestFile[] {
  if (family === 'windows') return planned ? [{ path: 'system.json', content: asciiJson(windowsSystem(planned)) }] : [];
  return [{ path: 'guest.env', content: `${familyLine(family)}${planned ? systemLines(planned) : ''}` }];
}

/** The system that a plan was made for, as the guest names it. */
export interface PlannedSystem {
  /** What `ID` of os-release may be. */
  readonly ids: readonly string[];
  /** The release: on Linux its first number is compared. */
  readonly version: string;
  /** What the release is called, for example `Windows Server 2022`. */
  readonly title: string;
  readonly architecture: Architecture;
}

/** What `uname -m` says, and `Win32_Processor.Architecture` (learn.microsoft.com: windows/win32/cimwin32prov/win32-processor). */
const MACHINES = {
  x64: { linux: 'x86_64', windows: 9 },
  arm64: { linux: 'aarch64', windows: 12 },
} as const satisfies Readonly<Record<Architecture, unknown>>;

function systemLines({ ids, version, architecture }: PlannedSystem): string {
  const [major = ''] = /\d+/.exec(version) ?? [];
  const machine = MACHINES[architecture].linux;
  const lines = [`REGILD_SYSTEMS=${shellWord(ids.join(' '))}`, `REGILD_MAJOR=${major}`, `REGILD_MACHINE=${machine}`];
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * `caption` is an expression for `Win32_OperatingSystem.Caption`, such as `Microsoft Windows Server 2012 R2 Datacenter`. Releases that are told apart by a
 * version (`Windows Server, version 23H2`) do not say it there, and only an R2 sets a release of one year apart from the other.
 */
function windowsSystem({ title, architecture }: PlannedSystem): object {
  const [name = title] = title.split(',');
  const number = /\d$/.test(name) ? '(?![.\\d])(?! R2)' : '';
  return { title, caption: `${name.replaceAll('.', '\\.')}${number}`, processor: MACHINES[architecture].windows };
}

/** The same for a script that is sent whole. */
export function familyLine(family: GuestFamily): string {
  return `REGILD_FAMILY=${family}\n`;
}

/** Name of the file that says which plan the guest is built by. It holds the plan's digest, so it cannot be part of what the digest is made of. */
export const PROVENANCE = 'provenance.tsv';

/** What the record in the image starts with: lines of `plan<TAB>digest`, `base<TAB>URN`, `ami<TAB>id`. */
export function provenanceTable({ digest, base, provenance }: Pick<BuildPlan, 'digest' | 'base' | 'provenance'>): GuestFile {
  return {
    path: PROVENANCE,
    content: table([
      ['plan', digest],
      ['base', formatUrn(base.urn)],
      ['ami', provenance.amiId],
    ]),
  };
}

interface Decided {
  readonly component: Component;
  readonly action: ComponentDecision['action'];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROL = /[\u0000-\u001f\u007f]/;

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${fields(row)}\n`).join('');
}

/** A control character would end the field or the line and let data pose as another row. */
function fields(row: readonly string[]): string {
  return (row.some((field) => CONTROL.test(field)) ? row.map(withoutControl) : row).join('\t');
}

function withoutControl(field: string): string {
  return field.replace(new RegExp(CONTROL, 'g'), ' ');
}

function windowsComponent({ component, action }: Decided) {
  const { id, title, kind, phase, policy, detect, uninstallers = [], edits = [], removePaths } = component;
  const { services, paths, users, programs, registry, contents = [], tasks = [], drivers = [] } = detect;
  return {
    id,
    title,
    kind,
    action,
    phase,
    policy,
    leftover: leftoverWord(component),
    services,
    paths,
    users,
    programs,
    registry,
    contents,
    tasks,
    drivers,
    uninstallers,
    edits,
    removePaths,
  };
}

/** Windows PowerShell 5.1 reads a file without a byte order mark in the machine's own code page: only ASCII means the same everywhere. */
export function asciiJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 1).replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
