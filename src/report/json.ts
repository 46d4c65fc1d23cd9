import { jsonPieces } from '../model/index.ts';
import { visibleJson } from './encode.ts';

/** A report, or what is in one, as indented JSON, piece by piece; the same value when parsed again. Ends with a line feed. */
export function* renderJson(value: unknown): Generator<string> {
  // A piece ends between values, so nothing that is shown in another way stands across two.
  for (const piece of jsonPieces(value)) yield visibleJson(piece);
  yield '\n';
}
