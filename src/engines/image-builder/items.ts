/** How deep the template lists the lines of a customizer, which is as deep as JSON.stringify indents. */
const INDENT = ' '.repeat(10);

/** Texts as items of a JSON list, one to a line; nothing for none. */
export function jsonItems(texts: readonly string[]): string {
  return JSON.stringify(texts, undefined, INDENT).slice(`[\n${INDENT}`.length, -'\n]'.length);
}

/** The items of several such texts. */
export function joinItems(groups: readonly string[]): string {
  return groups.filter((items) => items !== '').join(`,\n${INDENT}`);
}
