import type { Document, LineCounter } from 'yaml';
import type { Place } from './model/index.ts';

/** Line and column (from 1) of a character offset; the first of both in a text without lines. */
export function toPlace(counter: LineCounter, file: string, offset: number): Place {
  const { line, col } = counter.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** Where the value at a path begins, or the nearest value above it that is there: a character offset. */
export function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  if (Array.isArray(range) && typeof range[0] === 'number') return range[0];
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1));
}
