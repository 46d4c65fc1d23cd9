import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** The cells that a text takes on a terminal: East Asian letters and emoji take two, colours none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** A text filled up with spaces to a number of cells, as `padEnd` does it for characters. */
export function padCells(text: string, cells: number): string {
  return `${text}${' '.repeat(Math.max(0, cells - widthOf(text)))}`;
}

/** The widest of these texts, in cells; 0 for none. */
export function widest(texts: Iterable<string>): number {
  return [...texts].reduce((width, text) => Math.max(width, widthOf(text)), 0);
}

/** A text without colours cut to a number of cells, with `…` where something is missing. */
export function cutCells(text: string, cells: number): string {
  if (widthOf(text) <= cells) return text;
  const [line = ''] = wrapAnsi(text, Math.max(1, cells - 1), { hard: true, wordWrap: false, trim: false }).split('\n');
  return `${line}…`;
}

/** A text, with colours or without, on as many lines of so many cells as it takes; broken at spaces, and within a word that is longer than a line. */
export function wrapCells(text: string, cells: number): readonly string[] {
  return widthOf(text) <= cells ? [text] : wrapAnsi(text, cells, { hard: true }).split('\n');
}
