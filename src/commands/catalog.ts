import { checkCatalog } from '../catalog/check.ts';
import { loadCatalog } from '../catalog/load.ts';
import { ExitCode } from '../errors.ts';
import { renderIssue } from '../report/issue-text.ts';
import type { Verb } from './command.ts';

/** What regild knows: how many facts of each kind, and whether they fit together. */
export const catalogVerb: Verb = (program, run) =>
  program.option('--json', 'print counts and problems as JSON').action((flags: { readonly json?: true }) =>
    run(async (io) => {
      const catalog = await loadCatalog();
      const issues = checkCatalog(catalog);
      const counts = Object.fromEntries(Object.entries(catalog).map(([name, facts]) => [name, facts.length]));
      const lines = Object.entries(counts).map(([name, count]) => `${name.padEnd(16)}${count}\n`);
      io.out(flags.json ? `${JSON.stringify({ counts, issues }, null, 2)}\n` : [...lines, ...issues.map(renderIssue)].join(''));
      return issues.some(({ severity }) => severity === 'error') ? ExitCode.failed : ExitCode.ok;
    }),
  );
