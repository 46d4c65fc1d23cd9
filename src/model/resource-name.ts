import { sha256 } from './sha256.ts';

/** Digits of the hash that stands for what was cut off. */
const HASH = 8;

/**
 * A name that Azure takes for a template, a run output, an image or a resource group: letters, digits, `-`, `_` and `.`, at most `longest`
 * characters, starting and ending with a letter or digit. The last part, which makes it unique, is kept whole.
 */
export function resourceName(parts: readonly string[], longest: number): string {
  const plain = parts.map(trimmed).filter((part) => part !== '');
  const last = (plain.at(-1) ?? '').slice(-longest);
  const first = shortName(plain.slice(0, -1).join('-'), Math.max(0, longest - last.length - 1));
  return trimmed(`${first}-${last}`);
}

/** The same for one text that is cut at its end; names that differ only in what was cut off stay different. */
export function shortName(text: string, longest: number): string {
  const plain = trimmed(text);
  if (plain.length <= longest) return plain;
  if (longest <= HASH + 1) return trimmed(plain.slice(0, longest));
  const hash = sha256(text).slice(0, HASH);
  return `${trimmed(plain.slice(0, longest - HASH - 1))}-${hash}`;
}

function trimmed(part: string): string {
  return part.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[-_.]+|[-_.]+$/g, '');
}
