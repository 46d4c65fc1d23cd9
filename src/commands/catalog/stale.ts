import { InvalidArgumentError, Option } from 'commander';
import { type StaleFacts, staleFacts } from '../../catalog/stale-facts.ts';
import { ExitCode, parseDuration, SCHEMA_VERSION, type StaleFacts as Stale } from '../../model/index.ts';
import { printedJson } from '../../report/print-json.ts';
import type { Verb } from '../command.ts';
import { catalogFor } from '../installation.ts';
import { goOn } from '../print.ts';

interface StaleFlags {
  /** Milliseconds. */
  readonly olderThan: number;
  readonly json?: true;
}

const QUARTER = '90d';

/** Facts that nobody looked at for so long, oldest first; exit code 10 where there is any. */
export const defineStale: Verb = (program, run) =>
  program
    .addOption(
      new Option('--older-than <age>', 'how long ago they were last verified, for example 90d or 4w')
        .argParser(age)
        .default(parseDuration(QUARTER), QUARTER),
    )
    .option('--json', 'print them as JSON')
    .action((flags: StaleFlags) =>
      run(async (io) => {
        const before = new Date(Date.now() - flags.olderThan).toISOString().slice(0, 10);
        const stale = staleFacts(await catalogFor(io), before);
        const result: Stale = { kind: 'StaleFacts', schemaVersion: SCHEMA_VERSION, before, facts: stale };
        if (flags.json) io.out(printedJson(result), 'json');
        else io.tell(staleText(stale, before));
        goOn('`regild catalog check` asks Azure about the images', flags.json, io);
        return stale.length === 0 ? ExitCode.ok : ExitCode.workDue;
      }),
    );

function age(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) throw new InvalidArgumentError('it is a number with m, h, d or w, for example 90d');
  return milliseconds;
}

/** One line for each file and day, and how many there are. */
export function staleText(stale: readonly StaleFacts[], before: string): string {
  const lines = stale.map(
    ({ file, verified, bases }) => `${verified}  ${file}${bases.length === 0 ? '' : `  ${counted(bases.length, 'image')}`}\n`,
  );
  const facts = stale.reduce((sum, { bases }) => sum + Math.max(1, bases.length), 0);
  return `${lines.join('')}${counted(facts, 'fact')} last verified before ${before}\n`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
