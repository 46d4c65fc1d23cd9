import type { Signature } from './signature.ts';
import { SIGNATURES } from './signatures/index.ts';

/** The first row of the table that knows a text; undefined for a failure that nobody has described yet. */
export function signatureOf(text: string): Signature | undefined {
  return SIGNATURES.find(({ pattern }) => pattern.test(text));
}

/** What a text means for the user of regild, as a hint. Undefined where the wording is not known. */
export function explain(text: string): string | undefined {
  const known = signatureOf(text);
  return known && hintOf(known);
}

/**
 * What a log means: its first line that the table knows, since the lines after the first error of a log follow from it. Undefined where none is known.
 */
export function explainLog(lines: readonly string[]): { readonly line: string; readonly hint: string } | undefined {
  for (const line of lines) {
    const hint = explain(line);
    if (hint !== undefined) return { line, hint };
  }
  return undefined;
}

/** A row as a hint: cause, then cure. */
export function hintOf({ cause, cure }: Signature): string {
  return `${cause}: ${cure}`;
}
