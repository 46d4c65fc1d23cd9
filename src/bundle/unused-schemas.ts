import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** A list at the top of a file of the AWS SDK's schemas: `export var Name$ = [ … ];`, the last line of which ends the statement. */
const SCHEMA = /^((?:export )?var [\w$]+ = )(\[[\s\S]*?\]);$/gm;

/**
 * Schemas of the AWS SDK that no operation of ours names are left out. They are plain lists, which esbuild keeps all the same, since their keys are computed
 * (`[_xN]`) and computing might do something; inside of a function that is marked as pure nothing does. Of EC2 alone that is a megabyte.
 */
export const unusedSchemas: Plugin = {
  name: 'unused-schemas',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll(
        SCHEMA,
        (_, start: string, list: string) => `${start}/* @__PURE__ */ (() => ${list})();`,
      ),
    })),
};
