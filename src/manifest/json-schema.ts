import * as z from 'zod';
import { schemaId } from '../model/index.ts';
import { Manifest } from './schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A text in which a variable may stand for the value, as a JSON Schema pattern. */
const VARIABLE = '\\$\\{';

/**
 * The JSON Schema (draft-07, which YAML language servers complete from) of `images.yaml`, made from the schema that reads it. Texts with
 * a pattern or a fixed set of words also accept one with `${`, since variables are filled in before those rules apply.
 */
export function manifestJsonSchema(): object {
  const schema = z.toJSONSchema(Manifest, { target: 'draft-07', io: 'input', override: ({ jsonSchema }) => adapt(jsonSchema) });
  return { $id: schemaId('manifest'), ...schema, title: 'images.yaml of regild' };
}

/** zod hands over its own object to be changed in place. */
function adapt(schema: JsonSchema): void {
  // zod says it of every readonly type; editors would take it as "do not write this".
  delete schema.readOnly;
  if (schema.pattern !== undefined) schema.pattern = `${VARIABLE}|${schema.pattern}`;
  if (schema.type !== 'string' || schema.enum === undefined) return;
  schema.anyOf = [{ enum: schema.enum }, { pattern: VARIABLE }];
  delete schema.enum;
}
