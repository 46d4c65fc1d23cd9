import { InvalidArgumentError, Option } from 'commander';
import { exitCodeOf } from '../exit-code.ts';
import { type ExitCode, type Issue, parseDuration } from '../model/index.ts';
import { visible } from '../report/encode.ts';
import { renderIssue } from '../report/issue-text.ts';
import { printedJson } from '../report/print-json.ts';
import { type SweepScope, sweep } from '../sweep/index.ts';
import type { Io, Verb } from './command.ts';
import { readFleet } from './manifest.ts';
import { afterLocalSweep, afterSweep } from './next-steps.ts';
import { runId } from './options.ts';
import { goOn } from './print.ts';
import { OLD_RUN, sweepRuns } from './sweep-runs.ts';
import { runFoldersText, sweepJson, sweepText } from './sweep-text.ts';
import { withLeftovers } from './wire.ts';

interface SweepFlags {
  readonly local?: true;
  readonly runs: string;
  readonly manifest: string;
  readonly subscription?: readonly string[];
  readonly olderThan?: number;
  readonly staged?: true;
  readonly run?: string;
  readonly dryRun?: true;
  readonly json?: true;
  readonly sandbox?: true;
}

/** Lists what runs left behind, and deletes it once its deadline has passed. */
export const sweepVerb: Verb = (program, run) =>
  program
    .addOption(new Option('-f, --manifest <file>', 'the manifest').default('images.yaml').env('REGILD_MANIFEST'))
    .option('--subscription <ids...>', 'look in these subscriptions, without a manifest and so without gallery versions')
    .addOption(
      new Option('--local', 'delete old run folders of this machine instead; no cloud is asked').conflicts([
        'subscription',
        'staged',
        'run',
      ]),
    )
    .addOption(new Option('--runs <folder>', 'where run folders are kept, for --local').default('.regild/runs').env('REGILD_RUNS'))
    .option(
      '--older-than <time>',
      `only what a run of at least so long ago left, for example 24h or 7d; with --local ${OLD_RUN} where it is not said`,
      milliseconds,
    )
    .option('--staged', 'delete staged versions that were never promoted, too')
    .addOption(new Option('--run <run>', 'only what this run left, before its deadline too: it must have ended').argParser(runId))
    .option('--dry-run', 'list everything, delete nothing')
    .option('--json', 'print the list as JSON on stdout')
    .option('--sandbox', 'speak to the embedded sandbox clouds instead of AWS and Azure')
    .option('-v, --verbose', 'show details of failures')
    .action((flags: SweepFlags) => run((io) => (flags.local ? sweepLocal(flags, io) : sweepAll(flags, io))));

async function sweepLocal(flags: SweepFlags, io: Io): Promise<ExitCode> {
  const result = await sweepRuns(flags, io);
  if (flags.json) io.out(printedJson(result), 'json');
  else io.tell(runFoldersText(result));
  return finish(result.issues, afterLocalSweep(result, flags.dryRun ?? false), flags, io);
}

async function sweepAll(flags: SweepFlags, io: Io): Promise<ExitCode> {
  const { sandbox = false, staged = false, dryRun = false, olderThan: olderThanMilliseconds, run } = flags;
  const scope = await scopeOf(flags, io);
  const wait = { signal: io.signal, onUpdate: (text: string) => void io.diagnostics.write(`${visible(text)}\n`) };
  const result = await withLeftovers({ subscriptions: scope.subscriptions, sandbox }, io, (ports) =>
    sweep(scope, { staged, dryRun, olderThanMilliseconds, run }, ports, wait),
  );
  if (flags.json) io.out(sweepJson(result), 'json');
  else io.tell(sweepText(result));
  return finish(result.issues, afterSweep(result, dryRun), flags, io);
}

function finish(issues: readonly Issue[], next: string, { json }: SweepFlags, io: Io): ExitCode {
  for (const issue of issues) io.diagnostics.write(renderIssue(issue));
  goOn(next, json, io);
  return exitCodeOf({ images: [], issues });
}

async function scopeOf({ subscription, manifest }: SweepFlags, io: Io): Promise<SweepScope> {
  if (subscription) return { subscriptions: subscription, definitions: [] };
  const targets = (await readFleet(manifest, [], io)).specs.map(({ target }) => target);
  return { subscriptions: targets.map((target) => target.subscription), definitions: targets };
}

function milliseconds(text: string): number {
  const parsed = parseDuration(text);
  if (parsed === undefined) throw new InvalidArgumentError('it is a number with m, h, d or w, for example 24h');
  return parsed;
}
