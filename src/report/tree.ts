import { visible } from './encode.ts';

/** A line with lines below it. The text is not encoded. */
export interface Branch {
  readonly text: string;
  readonly below?: readonly Branch[];
}

/** The tree with box-drawing lines, each text encoded for a terminal. */
export function renderTree({ text, below = [] }: Branch): string {
  return [visible(text), ...below.flatMap((branch, index) => renderBranch(branch, index === below.length - 1))].join('\n');
}

function renderBranch({ text, below = [] }: Branch, last: boolean): readonly string[] {
  const under = below.flatMap((branch, index) => renderBranch(branch, index === below.length - 1));
  return [`${last ? '└─ ' : '├─ '}${visible(text)}`, ...under.map((line) => `${last ? '   ' : '│  '}${line}`)];
}
