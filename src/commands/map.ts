import { explainMapping, mapSubjects } from '../map/index.ts';
import { ExitCode, type Mappings, SCHEMA_VERSION } from '../model/index.ts';
import { printedJson } from '../report/print-json.ts';
import { renderTree } from '../report/tree.ts';
import type { Verb } from './command.ts';
import { catalogFor } from './installation.ts';
import { goOn } from './print.ts';

/** What regions, instance types and volumes become on Azure, each with its reasons. */
export const mapVerb: Verb = (program, run) =>
  program
    .argument('<subjects...>', 'regions (eu-west-1), instance types (m5.xlarge), volumes (gp3:100:3000:125, root:gp2:30)')
    .option('--json', 'print the mappings as JSON')
    .action((subjects: string[], flags: { readonly json?: true }) =>
      run(async (io) => {
        const catalog = await catalogFor(io);
        const mappings = mapSubjects(subjects, catalog);
        const text = mappings.map((mapping) => `${renderTree(explainMapping(mapping))}\n`).join('\n');
        if (flags.json) io.out(printedJson({ kind: 'Mappings', schemaVersion: SCHEMA_VERSION, mappings } satisfies Mappings), 'json');
        else io.tell(text);
        goOn('`regild survey --region <region>` says what of an account stands on it', flags.json, io);
        return mappings.some(({ mapping }) => mapping.kind === 'unknown') ? ExitCode.notFound : ExitCode.ok;
      }),
    );
