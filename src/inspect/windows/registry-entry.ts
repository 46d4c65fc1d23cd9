import { shellPattern } from '../glob.ts';
import { textOf } from '../registry/value.ts';
import type { Registry } from './registry.ts';

/** Longest text (characters) of a value that an expression is tried on. */
const LONGEST = 8192;

/** A value that an entry of the catalog names, or a whole key; its text may be a secret. */
export interface RegistryHit {
  readonly path: string;
  /** Absent for a whole key. */
  readonly name?: string;
}

/** What `KEY`, `KEY!value` or `KEY!value=expression` finds, as `Get-RegildRegistry` does in a running machine: no case matters. Throws Unreadable. */
export async function findEntry(registry: Registry, entry: string): Promise<readonly RegistryHit[]> {
  const [path = '', rest] = cut(entry, '!');
  const key = await registry.key(path);
  if (key === undefined) return [];
  if (rest === undefined) return [{ path }];
  const [name = '', expression] = cut(rest, '=');
  const named = new RegExp(shellPattern(name), 'i');
  const wanted = expression === undefined ? undefined : new RegExp(expression, 'i');
  const values = (await key.values()).filter((value) => named.test(value.name));
  return values
    .filter((value) => wanted === undefined || wanted.test(textOf(value).slice(0, LONGEST)))
    .map((value) => ({ path, name: value.name }));
}

function cut(text: string, at: string): readonly [string, string | undefined] {
  const place = text.indexOf(at);
  return place < 0 ? [text, undefined] : [text.slice(0, place), text.slice(place + 1)];
}
