/** A value of LVM's metadata. */
export type LvmValue = string | number | readonly LvmValue[];

/** A section of LVM's metadata: values and sections by name. */
export interface LvmSection {
  readonly values: ReadonlyMap<string, LvmValue>;
  readonly sections: ReadonlyMap<string, LvmSection>;
}

/** What the text consists of: names, numbers, quoted text, punctuation; blanks and comments lie between. */
const TOKEN = /\s+|\0+|#[^\n]*|"((?:[^"\\]|\\.)*)"|(-?\d+(?:\.\d+)?)(?=[\s,\]}]|$)|([\w.+-]+)|([={}[\],])/y;
const DEEPEST = 8;

type Token = { readonly kind: 'text' | 'name' | 'mark'; readonly text: string } | { readonly kind: 'number'; readonly value: number };

/** Reads LVM's metadata (lvm2: lib/format_text). Throws RangeError for text that is none. */
export function parseLvmText(text: string): LvmSection {
  const tokens = [...tokensOf(text)];
  let at = 0;
  const isMark = (mark: string) => {
    const token = tokens[at];
    return token?.kind === 'mark' && token.text === mark;
  };
  const expect = (mark: string) => {
    if (!isMark(mark)) throw new RangeError(`LVM's metadata lacks a ${mark}`);
    at += 1;
  };
  const value = (depth: number): LvmValue => {
    const token = tokens[at];
    at += 1;
    if (token?.kind === 'number') return token.value;
    if (token?.kind === 'text') return token.text;
    if (token?.kind !== 'mark' || token.text !== '[' || depth > DEEPEST) throw new RangeError("a value of LVM's metadata is none");
    const items: LvmValue[] = [];
    while (!isMark(']')) {
      items.push(value(depth + 1));
      if (isMark(',')) at += 1;
    }
    expect(']');
    return items;
  };
  const section = (depth: number): LvmSection => {
    if (depth > DEEPEST) throw new RangeError("LVM's metadata is nested too deeply");
    const values = new Map<string, LvmValue>();
    const sections = new Map<string, LvmSection>();
    while (at < tokens.length && !isMark('}')) {
      const name = tokens[at];
      if (name?.kind !== 'name') throw new RangeError("LVM's metadata lacks a name");
      at += 1;
      if (isMark('{')) {
        at += 1;
        sections.set(name.text, section(depth + 1));
        expect('}');
      } else {
        expect('=');
        values.set(name.text, value(0));
      }
    }
    return { values, sections };
  };
  return section(0);
}

function* tokensOf(text: string): Generator<Token> {
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) throw new RangeError(`character ${at} of LVM's metadata is unexpected`);
    const [, quoted, number, name, mark] = match;
    if (quoted !== undefined) yield { kind: 'text', text: quoted.replace(/\\(.)/g, '$1') };
    else if (number !== undefined) yield { kind: 'number', value: Number(number) };
    else if (name !== undefined) yield { kind: 'name', text: name };
    else if (mark !== undefined) yield { kind: 'mark', text: mark };
  }
}

/** A whole number of a section. Throws RangeError when it has none. */
export function numberOf({ values }: LvmSection, name: string): number {
  const value = values.get(name);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new RangeError(`LVM's metadata has no ${name}`);
  return value;
}

/** The text of a section; empty when it has none. */
export function textOf({ values }: LvmSection, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value : '';
}

/** The list of a section; empty when it has none. */
export function listOf({ values }: LvmSection, name: string): readonly LvmValue[] {
  const value = values.get(name);
  return typeof value === 'object' ? value : [];
}
