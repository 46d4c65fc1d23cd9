import { manifestJsonSchema } from '../manifest/json-schema.ts';
import { ExitCode } from '../model/index.ts';
import type { Verb } from './command.ts';

/** Prints the manifest's JSON Schema, for editors. */
export const schemaVerb: Verb = (program, run) =>
  program.action(() =>
    run(async (io) => {
      io.out(`${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
      return ExitCode.ok;
    }),
  );
