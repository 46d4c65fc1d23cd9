/**
 * A name that Azure takes for a template, a run output, an image or a resource group: letters, digits, `-`, `_` and `.`, at most `longest`
 * characters, starting and ending with a letter or digit. The last part, which makes it unique, is kept whole.
 */
export function resourceName(parts: readonly string[], longest: number): string {
  const plain = parts.map(trimmed).filter((part) => part !== '');
  const last = (plain.at(-1) ?? '').slice(-longest);
  const first = plain
    .slice(0, -1)
    .join('-')
    .slice(0, Math.max(0, longest - last.length - 1));
  return trimmed(`${trimmed(first)}-${last}`);
}

function trimmed(part: string): string {
  return part.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[-_.]+|[-_.]+$/g, '');
}
