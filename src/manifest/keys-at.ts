import { z } from 'zod';
import type { Path } from './problem.ts';

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
