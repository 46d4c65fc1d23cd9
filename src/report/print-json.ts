import { visibleJson } from './encode.ts';

/** A document that a verb prints with `--json`: two spaces of indent, whatever could act on a terminal or a CI system shown as an escape, a line feed at the end. */
export function printedJson<Document extends { readonly kind: string; readonly schemaVersion: number }>(document: Document): string {
  return `${visibleJson(JSON.stringify(document, null, 2))}\n`;
}
