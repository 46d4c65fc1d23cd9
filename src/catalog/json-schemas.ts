import * as z from 'zod';
import { ReleaseFile } from './release-file.ts';
import { FOLDERS } from './schema.ts';

/** The folders of facts below `src/catalog/`. */
export type FactFolder = (typeof FOLDERS)[keyof typeof FOLDERS]['folder'];

/** For each folder of facts the JSON Schema (draft-07, which YAML language servers complete from) of one file, made from the schema that reads it. */
export function factJsonSchemas(): ReadonlyMap<FactFolder, object> {
  return new Map(
    Object.values(FOLDERS).map(({ folder, schema }) => {
      const made = z.toJSONSchema(folder === 'distros' ? ReleaseFile : schema, {
        target: 'draft-07',
        io: 'input',
        // zod says it of every readonly type; editors would take it as "do not write this".
        override: ({ jsonSchema }) => {
          delete jsonSchema.readOnly;
        },
      });
      return [folder, { ...made, title: `a fact of regild: ${folder}/` }] as const;
    }),
  );
}
