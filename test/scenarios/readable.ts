import { type BuildPlan, sha256 } from '../../src/model/index.ts';

/** Says what stands in goldens for a long text of the guest: the name of the golden that shows it. */
export type NameOf = (file: { readonly path: string; readonly content: string }) => string;

/** Longer texts of the guest stand in goldens of their own. */
const SHORT = 300;

/**
 * A plan as a person compares it: the guest's tables by name, regild's own scripts without their hashes, `<digest>` for the digest. A changed table
 * shows as changed lines of that table, a changed script changes nothing here; `hashesOf` says what has to be proved instead.
 */
export function readablePlan(plan: BuildPlan, nameOf: NameOf): unknown {
  return {
    ...plan,
    digest: '<digest>',
    guestFiles: plan.guestFiles.map(({ path, content }) => ({
      path,
      content: content.length > SHORT ? nameOf({ path, content }) : content.replaceAll(plan.digest, '<digest>'),
    })),
    guestScripts: plan.guestScripts.map(({ path }) => path),
    provisioners: plan.provisioners.map((one) => (one.kind === 'guest' ? { ...one, sha256: '<as the script>' } : one)),
  };
}

/** The hashes that a plan has of regild's own scripts, by path. */
export function hashesOf({ guestScripts, provisioners }: BuildPlan): readonly { readonly path: string; readonly sha256: string }[] {
  const started = provisioners.flatMap((one) => (one.kind === 'guest' ? [{ path: one.script, sha256: one.sha256 }] : []));
  return [...guestScripts, ...started];
}

/** What is left of a customizer of Image Builder that writes one file of the guest: its first and its last line, and between them what it writes. */
interface Writer {
  readonly name: string;
  readonly inline: readonly string[];
}

/** A template of Image Builder as a person compares it: where a customizer writes a long file of regild's, the name of that file. */
export function readableTemplate(text: string, { digest }: BuildPlan): string {
  const template = JSON.parse(text.replaceAll(digest, '<digest>'));
  const customize = template.properties.customize.map((step: Partial<Writer>) => (isLong(step) ? cut(step) : step));
  return `${JSON.stringify({ ...template, properties: { ...template.properties, customize } }, null, 2)}\n`;
}

/** The files that a template of Image Builder writes, by their path in the guest's folder, with the hash of what arrives there. */
export function filesWritten(text: string): ReadonlyMap<string, string> {
  const steps: readonly Partial<Writer>[] = JSON.parse(text).properties.customize;
  return new Map(steps.filter(isWriter).map((step) => [pathOf(step), sha256(written(step.inline))]));
}

function isWriter(step: Partial<Writer>): step is Writer {
  return step.name?.startsWith('write ') === true && step.inline !== undefined;
}

function isLong(step: Partial<Writer>): step is Writer {
  return isWriter(step) && step.inline.join('\n').length > SHORT && !pathOf(step).startsWith('steps/');
}

function cut(step: Writer): Writer {
  const [first = ''] = step.inline;
  return { ...step, inline: [first, `<< ${pathOf(step)}`, step.inline.at(-1) ?? ''] };
}

function pathOf({ name }: Writer): string {
  return name.slice('write '.length);
}

/** Reads back what the lines write: a here-document or here-string, as text or as base64. PowerShell's ends where its last line has no newline. */
function written(inline: readonly string[]): string {
  const [first = ''] = inline;
  const lines = inline.slice(1, -1);
  if (/base64/i.test(first)) return Buffer.from(lines.join(''), 'base64').toString();
  return first.includes('WriteAllText') ? lines.join('\n') : `${lines.join('\n')}\n`;
}
