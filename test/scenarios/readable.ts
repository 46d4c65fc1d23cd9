import { type BuildPlan, type ReportedValidation, sha256 } from '../../src/model/index.ts';
import { rowsOf } from './gathered.ts';

/** Says what stands in goldens for a long text of the guest: the name of the golden that shows it. */
export type NameOf = (file: { readonly path: string; readonly content: string }) => string;

/** Longer texts of the guest stand in goldens of their own. */
const SHORT = 300;

/** The golden that shows what all plans say of checks. */
const CHECKS = '<< checks.txt';

/**
 * A plan as a person compares it: the guest's tables by name, regild's own scripts without their hashes, `<digest>` for the digest; components and checks
 * stand in goldens of all scenarios. A changed table shows as changed lines of that table, a changed script changes nothing here; `hashesOf` says what
 * has to be proved instead.
 */
export function readablePlan(plan: BuildPlan, nameOf: NameOf): unknown {
  return {
    ...plan,
    digest: '<digest>',
    guestFiles: plan.guestFiles.map(({ path, content }) => ({
      path,
      content: path === 'checks.tsv' ? CHECKS : shown(path, content, plan, nameOf),
    })),
    guestScripts: plan.guestScripts.map(({ path }) => path).filter((path) => !isCheckScript(path)),
    components: '<< components.txt',
    checks: CHECKS,
    provisioners: plan.provisioners.map((one) => (one.kind === 'guest' ? { ...one, sha256: '<as the script>' } : one)),
  };
}

function shown(path: string, content: string, plan: BuildPlan, nameOf: NameOf): string {
  if (content.length <= SHORT) return content.replaceAll(plan.digest, '<digest>');
  return nameOf({ path, content: readableTable(path, content) });
}

/** The table of components without what the plan decided, which `actionsOf` reads from it; each component's name once, its rows below it. */
export function readableTable(path: string, content: string): string {
  if (path !== 'components.tsv') return content;
  const byComponent = Map.groupBy(rowsOf(content), ([id, , phase]) => `${id} (${phase})`);
  return [...byComponent].map(([name, rows]) => [name, ...rows.map((row) => `  ${row.slice(3).join('\t')}`), ''].join('\n')).join('');
}

/** What the guest's table says of each component's fate: id, action. */
export function actionsOf({ guestFiles }: BuildPlan): ReadonlyMap<string, string> {
  const table = guestFiles.find(({ path }) => path === 'components.tsv')?.content ?? '';
  return new Map(rowsOf(table).map(([id = '', action = '']) => [id, action]));
}

/** True for the script of one of regild's own checks. */
export function isCheckScript(path: string): boolean {
  return /\/checks\/[^/]+$/.test(path);
}

/** A report as a person compares it: of each VM's checks, only those that did not end as all others. */
export function readableValidation({ vms, ...report }: ReportedValidation): unknown {
  return {
    ...report,
    vms: vms.map(({ checks, ...vm }) => {
      const usual = checks.filter(({ status, detail }) => status === 'pass' && detail === 'simulated');
      return {
        ...vm,
        checks: [...(usual.length > 0 ? [`${CHECKS}: pass, simulated`] : []), ...checks.filter((check) => !usual.includes(check))],
      };
    }),
  };
}

/** The hashes that a plan has of regild's own scripts, by path. */
export function hashesOf({ guestScripts, provisioners }: BuildPlan): readonly { readonly path: string; readonly sha256: string }[] {
  const started = provisioners.flatMap((one) => (one.kind === 'guest' ? [{ path: one.script, sha256: one.sha256 }] : []));
  return [...guestScripts, ...started];
}

/** A customizer of Image Builder that writes files of the guest's folder, one after the other. */
interface Writer {
  readonly name: string;
  readonly inline: readonly string[];
}

/** What one customizer writes to one file: the line that begins it, what lies between, and the line that ends it. */
interface Written {
  readonly path: string;
  readonly first: string;
  readonly lines: readonly string[];
  readonly last: string;
}

/** A template of Image Builder as a person compares it: where a customizer writes a long file of regild's, the name of that file. */
export function readableTemplate(text: string, { digest }: BuildPlan): string {
  const template = JSON.parse(text.replaceAll(digest, '<digest>'));
  const customize = template.properties.customize.map((step: Partial<Writer>) => (isWriter(step) ? cut(step) : step));
  return `${JSON.stringify({ ...template, properties: { ...template.properties, customize } }, null, 2)}\n`;
}

/** The files that a template of Image Builder writes, by their path in the guest's folder, with the hash of what arrives there. */
export function filesWritten(text: string): ReadonlyMap<string, string> {
  const steps: readonly Partial<Writer>[] = JSON.parse(text).properties.customize;
  const files = steps.filter(isWriter).flatMap(({ inline }) => filesOf(inline));
  return new Map(files.map((file) => [file.path, sha256(contentOf(file))]));
}

function isWriter(step: Partial<Writer>): step is Writer {
  return step.name?.startsWith('write ') === true && step.inline !== undefined;
}

/** Scripts of checks are written alike: each way once, under the name of all. */
function cut(step: Writer): Writer {
  const files = filesOf(step.inline).map(({ path, first, lines, last }) => {
    const long = lines.join('\n').length > SHORT && !path.startsWith('steps/');
    return [first, ...(long || isOwnCheck(path) ? [`<< ${path}`] : lines), last].map(nameless);
  });
  const each = new Map(files.map((lines) => [lines.join('\n'), lines]));
  return {
    ...step,
    name: step.name.replace(/^write \d+ files of checks$/, 'write <n> files of checks'),
    inline: [...each.values()].flat(),
  };
}

const OWN_CHECK = /(checks[/\\])(?:az[lw]|li[sx])-\d\d-[a-z0-9-]+/g;

function isOwnCheck(path: string): boolean {
  return path.replace(OWN_CHECK, '') !== path;
}

function nameless(line: string): string {
  return line.replace(OWN_CHECK, '$1<check>');
}

/** A here-document ends with its delimiter; a here-string of PowerShell with a line that closes it and the call. */
const HERE = /<< '(REGILD_\d+)'.*$/;
const TARGET = /(?:sudo tee |WriteAll(?:Text|Bytes)\(')'?(?:\/opt\/regild\/|C:\\regild\\)([^'\s]+)/;

function filesOf(inline: readonly string[]): readonly Written[] {
  const [first, ...rest] = inline;
  if (first === undefined) return [];
  const delimiter = HERE.exec(first)?.[1];
  const end = rest.findIndex((line) => (delimiter === undefined ? /^'@\)+$/.test(line) : line === delimiter));
  const path = (TARGET.exec(first)?.[1] ?? first).replaceAll('\\', '/');
  return [{ path, first, lines: rest.slice(0, end), last: rest[end] ?? '' }, ...filesOf(rest.slice(end + 1))];
}

/** Reads back what the lines write, as text or from base64. PowerShell's here-string ends where its last line has no newline. */
function contentOf({ first, lines }: Written): string {
  if (/base64/i.test(first)) return Buffer.from(lines.join(''), 'base64').toString();
  return first.includes('WriteAllText') ? lines.join('\n') : `${lines.join('\n')}\n`;
}
