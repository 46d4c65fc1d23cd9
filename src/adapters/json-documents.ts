/** The JSON values of a text, one after the other, or the place where it stops being JSON. */
export type JsonDocuments =
  | { readonly kind: 'values'; readonly values: readonly unknown[] }
  | { readonly kind: 'broken'; readonly line: number; readonly column: number; readonly problem: string };

const TOKEN =
  /[\s\uFEFF]*(?:(?<open>[[{])|(?<close>[\]}])|(?<comma>,)|(?<colon>:)|(?<text>")|(?<plain>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|(?<end>$))/uy;

// A string holds every character from the space on, but quotes and backslashes (RFC 8259, section 7). In pieces: the engine keeps a place to go back to
// for each character of a repetition, and has no room for those of megabytes.
const PIECE = /[ !#-[\]-\u{10ffff}]{1,4096}|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|(?<end>")/uy;

type Expected = 'a value' | 'a value or ]' | 'a name in quotes' | 'a name in quotes or }' | ':' | ', or ]' | ', or }';

/** Reads JSON, or several JSON texts in a row, as page after page of a command or one value per line leave them. Linear in the length of the text. */
export function readJsonDocuments(text: string): JsonDocuments {
  const parsed = parse(text);
  if (parsed) return { kind: 'values', values: [parsed.value] };
  const scanned = scan(text);
  return 'ends' in scanned
    ? { kind: 'values', values: split(text, scanned.ends) }
    : { kind: 'broken', ...placeOf(text, scanned.at), problem: scanned.problem };
}

/** The quick way: one text. JSON.parse says what is wrong in words of its own, and often not where. */
function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Where each value ends, or the first token that is out of place. */
function scan(text: string): { readonly ends: readonly number[] } | { readonly at: number; readonly problem: string } {
  const ends: number[] = [];
  const open: string[] = [];
  let expected: Expected = 'a value';
  TOKEN.lastIndex = 0;
  for (;;) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    const at = from + (/^[\s\uFEFF]*/.exec(text.slice(from, from + 1000))?.[0].length ?? 0);
    if (found === null) return { at, problem: 'this is no JSON' };
    const token = found.groups ?? {};
    if (token.text !== undefined) {
      const end = endOfString(text, TOKEN.lastIndex);
      if (end === undefined) return { at, problem: 'this is no JSON' };
      TOKEN.lastIndex = end;
    }
    if (token.end !== undefined && open.length === 0) return { ends };
    const next = step(expected, token, open);
    if (next === undefined) return { at, problem: token.end === undefined ? `expected ${expected}` : 'the text ends too early' };
    expected = next;
    if (open.length === 0) ends.push(TOKEN.lastIndex);
  }
}

/** The place after the closing quote of a string whose first character is at `from`; undefined where it has none. */
function endOfString(text: string, from: number): number | undefined {
  PIECE.lastIndex = from;
  for (let found = PIECE.exec(text); found !== null; found = PIECE.exec(text)) if (found.groups?.end !== undefined) return PIECE.lastIndex;
  return undefined;
}

/** What may follow the token, with `open` brought up to date; undefined where the token is out of place. */
function step(expected: Expected, token: Readonly<Record<string, string | undefined>>, open: string[]): Expected | undefined {
  const value = expected.startsWith('a value');
  if (token.open !== undefined && value) {
    open.push(token.open);
    return token.open === '[' ? 'a value or ]' : 'a name in quotes or }';
  }
  if (token.close !== undefined && expected.endsWith(token.close)) {
    open.pop();
    return after(open);
  }
  if (token.comma !== undefined && expected.startsWith(',')) return expected === ', or ]' ? 'a value' : 'a name in quotes';
  if (token.colon !== undefined && expected === ':') return 'a value';
  if (token.text !== undefined && expected.startsWith('a name')) return ':';
  return value && (token.text !== undefined || token.plain !== undefined) ? after(open) : undefined;
}

function after(open: readonly string[]): Expected {
  const last = open.at(-1);
  return last === undefined ? 'a value' : last === '[' ? ', or ]' : ', or }';
}

function split(text: string, ends: readonly number[]): readonly unknown[] {
  return ends.map((end, index) => JSON.parse(text.slice(ends[index - 1] ?? 0, end).replaceAll(/^[\s\uFEFF]+/g, '')));
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
