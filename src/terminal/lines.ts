import { widthOf, wrapCells } from './width.ts';

/** A terminal narrower than this is not wrapped for: what hangs would stand in a column of letters. */
const NARROWEST = 40;
/** A label that ends further to the right than this many cells has its text continued below itself. */
const LONGEST_LABEL = 30;

/** A line of a result for people, and where it goes on when it does not fit. */
interface Hanging {
  /** What stands before the text on its first line, and on every further one, which is as wide or wider. */
  readonly first: string;
  readonly further: string;
  readonly text: string;
}

/** One line as lines of at most so many cells, the further ones under the text of the first. Lines that fit are left alone. */
export function wrapLine(line: string, columns: number): readonly string[] {
  if (columns < NARROWEST || widthOf(line) <= columns) return [line];
  const { first, further, text } = hang(line);
  return wrapCells(text, columns - widthOf(further)).map((part, index) => `${index === 0 ? first : further}${part}`);
}

/** Results are written so that a tree has its marks, a list its mark, and a label two spaces or more behind it; anything else goes on a little deeper. */
function hang(line: string): Hanging {
  const [tree = ''] = /^(?:[│ ] {2})*(?:[├└]─ )/.exec(line) ?? [];
  if (tree !== '') return { first: tree, further: tree.replace('├─', '│ ').replace('└─', '  '), text: line.slice(tree.length) };
  const [label = ''] = /^ *(?:[✓✗!•…-] |\d+ × |\S.*?\S? {2,}(?=\S))/.exec(line) ?? [];
  if (label.trim() !== '' && widthOf(label) <= LONGEST_LABEL) {
    return { first: label, further: ' '.repeat(widthOf(label)), text: line.slice(label.length) };
  }
  const [indent = ''] = /^ */.exec(line) ?? [];
  return { first: indent, further: `${indent}  `, text: line.slice(indent.length) };
}
