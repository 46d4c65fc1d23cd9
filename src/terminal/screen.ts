import { inAscii } from './ascii.ts';
import { wrapLine } from './lines.ts';
import { painter } from './paint.ts';
import { paintLine } from './tones.ts';

/** What a stream can show. */
export interface Screen {
  /** Cells in a line; undefined where lines are as long as they are: in files, pipes and logs. */
  readonly columns?: number | undefined;
  readonly color: boolean;
  /** True where marks are drawn in ASCII. */
  readonly ascii?: boolean | undefined;
}

/** A result for people as a screen shows it: wrapped where it has an edge, coloured where it has colours, in letters that it has. What goes nowhere of the three is unchanged. */
export function onScreen(text: string, { columns, color, ascii = false }: Screen): string {
  const paint = painter(color);
  const lines = columns === undefined ? text.split('\n') : text.split('\n').flatMap((line) => wrapLine(line, columns));
  const painted = (color ? lines.map((line) => paintLine(line, paint)) : lines).join('\n');
  return ascii ? inAscii(painted) : painted;
}
