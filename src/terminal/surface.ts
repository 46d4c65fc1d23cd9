import { showsUnicode } from './ascii.ts';
import type { Screen } from './screen.ts';

/** A stream as Node describes it. */
interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What can be shown on a stream. Colours where a person watches, unless NO_COLOR is set (no-color.org) or the terminal is `dumb`; with FORCE_COLOR everywhere.
 * Marks are in ASCII on a terminal that shows nothing else. Wrapped is for a person only: a CI system reads commands in lines, also from a pseudo terminal.
 */
export function screenOf({ isTTY = false, columns }: Stream, environment: Environment): Screen {
  const watched = isTTY && !environment.CI;
  return {
    columns: watched && columns ? columns : undefined,
    color: hasColor(isTTY, environment),
    ascii: isTTY && !showsUnicode(environment),
  };
}

/** Whether a terminal can draw over what it shows: the cursor of a `dumb` one does not move. */
export function movesCursor({ TERM }: Environment): boolean {
  return TERM !== 'dumb';
}

function hasColor(isTTY: boolean, { NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY && TERM !== 'dumb';
}
