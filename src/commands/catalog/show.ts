import { factText } from '../../catalog/fact-text.ts';
import { factNames, findFacts } from '../../catalog/find-fact.ts';
import { RegildError } from '../../errors.ts';
import { didYouMean } from '../../manifest/suggest.ts';
import { ExitCode, type FoundFacts, SCHEMA_VERSION } from '../../model/index.ts';
import { printedJson } from '../../report/print-json.ts';
import type { Verb } from '../command.ts';
import { catalogFor } from '../installation.ts';
import { goOn } from '../print.ts';

/** One fact as its file has it; several where kinds share an id. */
export const defineShow: Verb = (program, run) =>
  program
    .argument('<id>', 'id of a fact or a base, publisher:offer:sku, or a billing code')
    .option('--json', 'print it as JSON')
    .action((id: string, flags: { readonly json?: true }) =>
      run(async (io) => {
        const catalog = await catalogFor(io);
        const found = findFacts(catalog, id);
        if (found.length === 0) {
          const guess = didYouMean(id, factNames(catalog));
          throw new RegildError('FACT_UNKNOWN', `the catalog has no fact ${JSON.stringify(id)}`, {
            hint: guess ?? 'ids are the names of the files below src/catalog/, without their ending',
          });
        }
        io.out(
          flags.json
            ? printedJson({ kind: 'FoundFacts', schemaVersion: SCHEMA_VERSION, facts: found } satisfies FoundFacts)
            : found.map(factText).join('\n'),
          'exact',
        );
        goOn('`regild catalog check` asks Azure whether images are still sold', flags.json, io);
        return ExitCode.ok;
      }),
    );
