import * as z from 'zod';

/** Version of every artifact's JSON; raised when a field changes its meaning, so that an old run folder is refused instead of misread. */
export const SCHEMA_VERSION = 1;

/** A readonly object that refuses unknown keys: a misspelt field must not pass in silence. */
export function record<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape).readonly();
}

/** A readonly array. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).readonly();
}

/** A readonly object with the two fields that every saved artifact starts with. */
export function artifact<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
  return z.strictObject({ kind: z.literal(kind), schemaVersion: z.literal(SCHEMA_VERSION), ...shape }).readonly();
}
