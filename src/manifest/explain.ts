import type * as z from 'zod';
import type { Spots } from './places.ts';
import { type Path, type Problem, quote, subject } from './problem.ts';
import { missingKey, notOneOf, unknownKey, wrongType } from './wording.ts';

type Violation = z.core.$ZodIssue;

/** What a violation is told with: the value it is about, and where it stands in the file. */
interface Around {
  readonly value: unknown;
  readonly spots: Spots;
}

/** A violation of the schema as problems in the words of the file: one for each unknown key, one for anything else. An empty message is zod's own. */
export function explain(violation: Violation, around: Around, above: Path = []): readonly Problem[] {
  const path: Path = [...above, ...violation.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  const value = valueAt(around.value, path);
  const rule = violation.message === '' ? undefined : violation.message;
  const invalid = (message: string, hint = rule): readonly Problem[] => [{ path, at: 'value', code: 'VALUE_INVALID', message, hint }];
  switch (violation.code) {
    case 'unrecognized_keys':
      return violation.keys.map((key) => unknownKey([...path, key]));
    case 'invalid_union':
      return explainUnion(violation, around, path, value);
    case 'invalid_key':
      return [
        {
          path,
          at: 'key',
          code: 'NAME_INVALID',
          message: `name ${quote(path.at(-1))} is not allowed here`,
          hint: violation.issues[0]?.message,
        },
      ];
    case 'invalid_type':
      return [value === undefined ? missingKey(path) : wrongType(path, [violation.expected], value, around.spots, rule)];
    case 'invalid_value':
      return [value === undefined ? missingKey(path) : notOneOf(path, violation.values, value, rule)];
    case 'too_small':
    case 'too_big':
      return invalid(`${subject(path)} ${quote(value)} is ${extent(violation, value)}`);
    case 'custom':
      return invalid(`${subject(path)}: ${rule}, got ${keysOf(value)}`, hintOf(violation.params));
    default:
      return invalid(`${subject(path)} ${quote(value)} is not valid`);
  }
}

/** Of alternatives the one that has the value's own type is told; when none has, what would be accepted. */
function explainUnion({ errors }: z.core.$ZodIssueInvalidUnion, around: Around, path: Path, value: unknown): readonly Problem[] {
  const fitting = errors.find(
    (branch) => !branch.some((error) => error.path.length === 0 && (error.code === 'invalid_type' || error.code === 'invalid_value')),
  );
  if (fitting !== undefined) return fitting.flatMap((error) => explain(error, around, path));
  const accepted = errors.flat().flatMap((error) => {
    if (error.code === 'invalid_value') return error.values.map(String);
    return error.code === 'invalid_type' ? [error.expected] : [];
  });
  return [wrongType(path, accepted, value, around.spots, undefined)];
}

function extent(violation: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, value: unknown): string {
  if (Array.isArray(value) || value === '') return 'empty';
  const unit = violation.origin === 'string' ? ' characters' : '';
  const bound = violation.code === 'too_small' ? violation.minimum : violation.maximum;
  if (violation.inclusive === false) return `not ${violation.code === 'too_small' ? 'above' : 'below'} ${bound}${unit}`;
  return violation.code === 'too_small' ? `below ${bound}${unit}` : `above ${bound}${unit}`;
}

function hintOf(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return typeof params?.hint === 'string' ? params.hint : undefined;
}

function keysOf(value: unknown): string {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.length === 0 ? 'nothing' : keys.map(quote).join(' and ');
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (found, part) => (typeof found === 'object' && found !== null ? Object.getOwnPropertyDescriptor(found, part)?.value : undefined),
    value,
  );
}
