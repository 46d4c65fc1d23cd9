import { Argument } from 'commander';
import { manifestJsonSchema } from '../manifest/json-schema.ts';
import { ExitCode, PRINTED_NAMES, type Printed, printedJsonSchema } from '../model/index.ts';
import type { Verb } from './command.ts';

/** Prints a JSON Schema: of the manifest, for editors, or of what a verb prints with `--json`. */
export const schemaVerb: Verb = (program, run) =>
  program
    .addArgument(
      new Argument('[what]', 'report: plan, build; actions: promote, rollback, revoke, retire; matrix: ci matrix')
        .choices(['manifest', ...PRINTED_NAMES])
        .default('manifest'),
    )
    .action((what: 'manifest' | Printed) =>
      run(async (io) => {
        io.out(`${JSON.stringify(what === 'manifest' ? manifestJsonSchema() : printedJsonSchema(what), null, 2)}\n`);
        return ExitCode.ok;
      }),
    );
