import { maskSecrets, secretSpans } from './mask-secrets.ts';
import { plainView } from './plain-view.ts';
import { hiding, secretInFile } from './secret-shapes.ts';

/**
 * What a text is that leaves the process, and so what becomes of a secret in it. All that is printed or saved says which it is.
 *
 * - `text`: people read it. Known secrets and whatever looks like one are `***`.
 * - `json`: a document. The same within each of its strings, so that it stays a document; what its keys are called proves nothing.
 * - `kept`: a document that a run goes on with: as `json`, but a known word may be the name of something, which is asked for by it, and stays.
 * - `exact`: a program takes it as it is (HCL, a workflow, a lock file): a `***` in it would be a fault of its own, so that a secret is refused.
 * - `answered`: exact too, made of files whose look was judged, or answered for, where they were read: known secrets alone are refused.
 * - `secret`: it has to hold one: the key file of ssh, and what opens the sandbox and nothing else.
 */
export type Content = 'text' | 'json' | 'kept' | 'exact' | 'answered' | 'secret';

/** Words that a program may hold by chance, such as `password` or `postgres`, are no reason to refuse it. */
const A_WORD = /^[A-Za-z]{1,15}$/;

/** What is known to be secret, and what hides it in a text. */
interface Known {
  readonly values: readonly string[];
  readonly hide: (text: string) => string;
}

const NOTHING: Known = { values: [], hide: (text) => text };

let known = NOTHING;
/** The same without such words. */
let telling = NOTHING;

/**
 * Values that nothing may say from here on. One list for the process, beside whatever data walks through it: what is secret to one part of it must not be
 * said by another, also where an error is made far from the environment.
 */
export function knowSecrets(values: readonly string[]): void {
  const more = values.filter((value) => value !== '' && !known.values.includes(value));
  if (more.length === 0) return;
  known = knownOf([...known.values, ...more]);
  telling = knownOf(known.values.filter((value) => !A_WORD.test(value)));
}

/** For a process that runs several command lines, one after the other: what was secret to one is a word to the next. */
export function forgetSecrets(): void {
  known = NOTHING;
  telling = NOTHING;
}

function knownOf(values: readonly string[]): Known {
  return { values, hide: hiding(values) };
}

/** A text with known secrets, and what looks like one, replaced by `***`; its time is linear in its length. */
export function redact(text: string): string {
  return without(text, known);
}

function without(text: string, { values, hide }: Known): string {
  return maskSecrets(hide(withoutWritten(text, values)));
}

/** The same text without what only shows once its codes, escapes and entities are read. */
function withoutWritten(text: string, values: readonly string[]): string {
  const view = plainView(text);
  if (view === undefined) return text;
  const spans = [...secretSpans(view.text), ...knownSpans(view.text, values)].toSorted(([one], [other]) => one - other);
  const pieces: string[] = [];
  let from = 0;
  for (const [begins, ends] of spans) {
    const [begin, end] = [view.written(begins), view.written(ends)];
    // What is hidden already stays as it was written.
    if (end <= from || view.text.slice(begins, ends) === '***') continue;
    pieces.push(text.slice(from, Math.max(from, begin)), '***');
    from = end;
  }
  return from === 0 ? text : pieces.join('') + text.slice(from);
}

function* knownSpans(text: string, values: readonly string[]): Generator<readonly [from: number, to: number]> {
  for (const secret of values)
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) yield [at, at + secret.length];
}

/** The same for JSON, whole or cut between its lines: only within its strings, whose quotes stay where they are. */
export function redactJson(json: string): string {
  return jsonWithout(json, known);
}

function jsonWithout(json: string, { values, hide }: Known): string {
  const text = hide(json);
  if (maskSecrets(withoutWritten(text, values)) === text) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"/g, (literal) => `"${maskSecrets(withoutWritten(literal.slice(1, -1), values))}"`);
}

/**
 * Plain data that is gone on with (`kept`), its texts redacted; the same object where there was nothing to hide, as nearly always: so all texts are looked at together first. What is
 * hidden in one of them is found there too, since nothing that looks like a secret ends or begins because of the line feed beside it.
 */
export function redactValues<Value>(value: Value): Value {
  const texts = [...new Set(textsOf(value))].join('\n');
  return without(texts, telling) === texts ? value : (redacted(value) as Value);
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') return without(value, telling);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(redacted);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const members = Object.entries(value).map(([name, member]) => ({ name, member, hidden: redacted(member) }));
  return members.every(({ member, hidden }) => member === hidden)
    ? value
    : Object.fromEntries(members.map(({ name, hidden }) => [name, hidden]));
}

/** What a text that must stay as it is holds, such as `a private key`; undefined where it may leave. */
export function secretIn(text: string, content: 'exact' | 'answered'): string | undefined {
  if (telling.hide(text) !== text) return 'a secret of your environment';
  return content === 'exact' ? secretInFile(text) : undefined;
}

/** Text on its way, in pieces: each push gives what may go on already, `end` the rest. */
export interface Redacting {
  readonly push: (piece: string) => string;
  readonly end: () => string;
}

const KEY_BEGINS = '-----BEGIN ';
const KEY_ENDS = '-----END ';
/** A private key is shorter: what was begun further above is none. */
const LONGEST_KEY = 65_536;

/** Redacts what comes in pieces, wherever they are cut: a line is held back until it is whole, and a private key until its last line. */
export function redacting(content: 'text' | 'json' | 'kept'): Redacting {
  const secrets = content === 'kept' ? telling : known;
  const change = content === 'text' ? redact : (text: string) => jsonWithout(text, secrets);
  let held = '';
  return {
    push(piece) {
      const line = piece.lastIndexOf('\n') + 1;
      held += piece;
      if (line === 0) return '';
      const whole = held.length - piece.length + line;
      const key = openKey(held.slice(0, whole));
      const [ready, rest] = [held.slice(0, key ?? whole), held.slice(key ?? whole)];
      held = rest;
      return ready === '' ? '' : change(ready);
    },
    end() {
      const rest = held;
      held = '';
      return rest === '' ? '' : change(rest);
    },
  };
}

/** Where a key begins that has not ended yet; undefined without one. */
function openKey(text: string): number | undefined {
  const begins = text.lastIndexOf(KEY_BEGINS);
  return begins < 0 || text.indexOf(KEY_ENDS, begins) >= 0 || text.length - begins > LONGEST_KEY ? undefined : begins;
}

/** The same for a log that is told line by line, as it comes: the lines of a private key, after its first, are `***`. */
export function redactingLines(): (line: string) => string {
  let left = 0;
  return (line) => {
    const hidden = left > 0;
    if (/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/.test(line)) left = MOST_KEY_LINES;
    if (line.includes(KEY_ENDS)) left = 0;
    else if (hidden) left = IN_A_KEY.test(line) ? left - 1 : 0;
    return hidden && (line.includes(KEY_ENDS) || IN_A_KEY.test(line)) ? '***' : redact(line);
  };
}

/** An RSA key of 16,384 bits has about 200. */
const MOST_KEY_LINES = 250;
/** Base64, or a header of the key, behind whatever a log puts before each line. */
const IN_A_KEY = /(?:^|\s)(?:[A-Za-z0-9+/]{1,76}={0,2}|[A-Za-z-]{1,20}: \S+)?\s*$/;
