import { Argument } from 'commander';
import { lockJsonSchema } from '../lock/json-schema.ts';
import { manifestJsonSchema } from '../manifest/json-schema.ts';
import { ExitCode, PRINTED_NAMES, type Printed, printedJsonSchema } from '../model/index.ts';
import type { Verb } from './command.ts';

/** Prints a JSON Schema: of the manifest, for editors, or of what a verb prints with `--json`. */
export const schemaVerb: Verb = (program, run) =>
  program
    .addArgument(
      new Argument(
        '[what]',
        'manifest: images.yaml; lock: images.lock.yaml; report: analyze to publish; actions: promote, rollback, revoke, retire; failure: any verb without a result',
      )
        .choices(['manifest', 'lock', ...PRINTED_NAMES])
        .default('manifest'),
    )
    .action((what: 'manifest' | 'lock' | Printed) =>
      run(async (io) => {
        io.out(`${JSON.stringify(schemaOf(what), null, 2)}\n`, 'exact');
        return ExitCode.ok;
      }),
    );

function schemaOf(what: 'manifest' | 'lock' | Printed): object {
  if (what === 'manifest') return manifestJsonSchema();
  return what === 'lock' ? lockJsonSchema() : printedJsonSchema(what);
}
