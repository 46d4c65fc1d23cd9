import { firstWhere } from './first-where.ts';

/** A text as who reads it sees it, and where each part of that stands in what was written. */
export interface PlainView {
  readonly text: string;
  /** Where a character of the view begins as it was written; for the view's length the text's. */
  readonly written: (index: number) => number;
}

/**
 * Ways to write one character otherwise, or nothing: codes of terminals, characters without width, `%XX` of addresses (also written twice), `\uXXXX` and
 * backslashes of JSON, Markdown and shells, entities of HTML. Each alternative begins with another character: linear in the length of the text.
 */
const WRITTEN = new RegExp(
  [
    String.raw`(?:\u001b|\\{1,15}u001b)(?:\[[0-?]{0,40}[ -/]{0,9}[@-~]|\][^\u0007\u001b\\]{0,2000}(?:\u0007|\\{1,15}u0007|\u001b\\))`,
    String.raw`[\u0000\u00ad\u200b-\u200f\u2060\ufeff]|\\{1,15}u(?:0000|00ad|200[b-f]|2060|feff)`,
    '%(?:25){0,3}(?<percent>[2-7][0-9a-f])',
    String.raw`\\{1,15}(?:u00(?<unicode>[2-7][0-9a-f])|(?<space>[nrtbf])|(?<sign>[^\w\s\\\u0000-\u001f]))`,
    String.raw`&(?:amp;){0,3}(?:#(?<decimal>\d{2,3})|#x(?<hex>[2-7][0-9a-f])|(?<name>quot|apos|lt|gt|amp));`,
  ].join('|'),
  'gi',
);

const NAMED: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };

/** Undefined for a text that is written as it is read. */
export function plainView(text: string): PlainView | undefined {
  const pieces: string[] = [];
  const seams: { readonly view: number; readonly written: number }[] = [{ view: 0, written: 0 }];
  let [length, from] = [0, 0];
  for (const found of text.matchAll(WRITTEN)) {
    const said = meant(found.groups ?? {});
    const end = found.index + found[0].length;
    pieces.push(text.slice(from, found.index), said);
    length += found.index - from;
    seams.push({ view: length, written: found.index });
    length += said.length;
    seams.push({ view: length, written: end });
    from = end;
  }
  if (from === 0) return undefined;
  return { text: pieces.join('') + text.slice(from), written: (index) => writtenAt(seams, index) };
}

function meant({ percent, unicode, hex, decimal, space, sign, name }: Readonly<Record<string, string | undefined>>): string {
  const code = percent ?? unicode ?? hex;
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  if (decimal !== undefined) return String.fromCharCode(Number(decimal));
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
  return space === undefined ? (sign ?? '') : '\n';
}

/** The last seam that does not lie behind it says how far it is. */
function writtenAt(seams: readonly { readonly view: number; readonly written: number }[], index: number): number {
  const { view, written } = seams[firstWhere(seams, (seam) => seam.view > index) - 1] ?? { view: 0, written: 0 };
  return written + index - view;
}
