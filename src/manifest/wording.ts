import * as z from 'zod';
import { type Spots, spotAt } from './places.ts';
import { type Path, type Problem, quote, subject } from './problem.ts';
import { Manifest } from './schema.ts';
import { didYouMean, suggest } from './suggest.ts';

const IN_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
};

/** A key that the schema does not know, with the nearest one that it does. */
export function unknownKey(path: Path): Problem {
  const above = path.slice(0, -1);
  const known = keysAt(Manifest, above);
  const key = String(path.at(-1));
  const found = suggest(key, known);
  const hint = didYouMean(key, known) ?? `known keys here: ${known.join(', ')}`;
  const message = `unknown key ${quote(key)} in ${subject(above)}`;
  return { path, at: 'key', code: 'KEY_UNKNOWN', message, hint, meant: found === undefined ? undefined : [...above, found] };
}

/** A key that must be there whenever the mapping around it is. */
export function missingKey(path: Path): Problem {
  const hint = path.length === 1 ? 'start with `version: 1`, then `images:` with one entry per image' : `add \`${path.at(-1)}:\``;
  return { path, at: 'key', code: 'KEY_MISSING', message: `${subject(path)} is missing`, hint };
}

/** A value of another type than the schema's; `accepted` holds type names or fixed words, `rule` what the schema says itself. */
export function wrongType(path: Path, accepted: readonly string[], value: unknown, spots: Spots, rule: string | undefined): Problem {
  const written = spotAt(spots, path)?.written ?? String(value);
  const wanted = [...new Set(accepted.map((type) => IN_WORDS[type] ?? type))].join(' or ');
  const message = `${subject(path)} must be ${wanted}, got ${inWords(value, written)}`;
  return {
    path,
    at: 'value',
    code: 'VALUE_INVALID',
    message,
    hint: rule ?? conversion(accepted, value, written) ?? knownKeys(path, value),
  };
}

/** A value that is none of the fixed ones; a single fixed value explains itself by `rule`. */
export function notOneOf(path: Path, values: readonly unknown[], value: unknown, rule: string | undefined): Problem {
  const known = values.map(String);
  const message = `${subject(path)} ${quote(value)} is ${known.length > 1 ? 'not one of' : 'not'} ${known.join(', ')}`;
  return { path, at: 'value', code: 'VALUE_INVALID', message, hint: rule ?? didYouMean(String(value), known) };
}

function conversion(accepted: readonly string[], value: unknown, written: string): string | undefined {
  if (Array.isArray(value)) return accepted.includes('array') ? undefined : 'write `key: value` lines, without the dash';
  if (typeof value === 'object') return undefined;
  if (accepted.includes('string')) return `put it in quotes: "${written}"`;
  const word =
    typeof value === 'string'
      ? didYouMean(
          value,
          accepted.filter((type) => IN_WORDS[type] === undefined),
        )
      : undefined;
  return word ?? (accepted.includes('array') ? `write a list: [${quote(value)}]` : undefined);
}

function knownKeys(path: Path, value: unknown): string | undefined {
  const keys = typeof value === 'object' ? [] : keysAt(Manifest, path);
  return keys.length > 0 ? `its keys are ${keys.join(', ')}` : undefined;
}

function inWords(value: unknown, written: string): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'boolean') return written;
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a mapping';
  return `${IN_WORDS[typeof value] ?? typeof value} ${typeof value === 'string' ? quote(value) : written}`;
}

/** The keys that a schema knows at a path; none where the path leads to something else than an object. */
export function keysAt(schema: unknown, path: Path): readonly string[] {
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly ? schema.unwrap() : undefined;
  if (inner !== undefined) return keysAt(inner, path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysAt(option, path));
  const [first, ...rest] = path;
  if (schema instanceof z.ZodObject) return first === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[first], rest);
  if (first === undefined) return [];
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  return schema instanceof z.ZodRecord ? keysAt(schema.valueType, rest) : [];
}
