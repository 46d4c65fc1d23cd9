import { checkCatalog } from '../../catalog/check.ts';
import { RegildError } from '../../errors.ts';
import { didYouMean } from '../../manifest/suggest.ts';
import { type CatalogCounts, ExitCode, SCHEMA_VERSION } from '../../model/index.ts';
import { renderIssue } from '../../report/issue-text.ts';
import { printedJson } from '../../report/print-json.ts';
import type { Verb } from '../command.ts';
import { catalogFor } from '../installation.ts';
import { goOn } from '../print.ts';

/** How many facts of each kind, and whether they fit together. */
export const defineList: Verb = (program, run) =>
  program
    .option('--json', 'print counts and problems as JSON')
    .allowExcessArguments()
    .action((flags: { readonly json?: true }) =>
      run(async (io) => {
        const [word] = program.args;
        if (word !== undefined) throw notAVerb(word);
        const catalog = await catalogFor(io);
        const issues = checkCatalog(catalog);
        const { index: _, ...kinds } = catalog;
        const counts = Object.fromEntries(Object.entries(kinds).map(([name, facts]) => [name, facts.length]));
        const lines = Object.entries(counts).map(([name, count]) => `${name.padEnd(16)}${count}\n`);
        const result: CatalogCounts = { kind: 'CatalogCounts', schemaVersion: SCHEMA_VERSION, counts, issues };
        if (flags.json) io.out(printedJson(result), 'json');
        else io.tell([...lines, ...issues.map(renderIssue)].join(''));
        goOn('`regild catalog show <id>` prints a fact with its sources', flags.json, io);
        return issues.some(({ severity }) => severity === 'error') ? ExitCode.failed : ExitCode.ok;
      }),
    );

/** `list` is what happens when no word is given, so a misspelt word ends up here. */
function notAVerb(word: string): RegildError {
  return new RegildError('USAGE', `\`regild catalog\` has no ${JSON.stringify(word)}`, {
    hint: didYouMean(word, ['list', 'check', 'stale', 'show']) ?? 'it has list, check, stale and show',
  });
}
