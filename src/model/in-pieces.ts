/** Shorter pieces are put together. */
const ENOUGH = 65_536;

/** The same text in pieces that are worth a call each, none cut within a part: a document of a large fleet is longer than one text can be, or should. */
export function* inPieces(parts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (piece.length < ENOUGH) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
