import { InvalidArgumentError, Option } from 'commander';
import { exitCodeOf } from '../exit-code.ts';
import { type ExitCode, parseDuration } from '../model/index.ts';
import { visible } from '../report/encode.ts';
import { renderIssue } from '../report/issue-text.ts';
import { type SweepScope, sweep } from '../sweep/index.ts';
import type { Io, Verb } from './command.ts';
import { readFleet } from './manifest.ts';
import { afterSweep } from './next-steps.ts';
import { runId } from './options.ts';
import { goOn } from './print.ts';
import { sweepJson, sweepText } from './sweep-text.ts';
import { withLeftovers } from './wire.ts';

interface SweepFlags {
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
    .option('--older-than <time>', 'only what a run of at least so long ago left, for example 24h or 7d', milliseconds)
    .option('--staged', 'delete staged versions that were never promoted, too')
    .addOption(new Option('--run <run>', 'only what this run left, before its deadline too: it must have ended').argParser(runId))
    .option('--dry-run', 'list everything, delete nothing')
    .option('--json', 'print the list as JSON on stdout')
    .option('--sandbox', 'speak to the embedded sandbox clouds instead of AWS and Azure')
    .option('-v, --verbose', 'show details of failures')
    .action((flags: SweepFlags) => run((io) => sweepAll(flags, io)));

async function sweepAll(flags: SweepFlags, io: Io): Promise<ExitCode> {
  const { sandbox = false, staged = false, dryRun = false, olderThan: olderThanMilliseconds, run } = flags;
  const scope = await scopeOf(flags, io);
  const wait = { signal: io.signal, onUpdate: (text: string) => void io.diagnostics.write(`${visible(text)}\n`) };
  const result = await withLeftovers({ subscriptions: scope.subscriptions, sandbox }, io, (ports) =>
    sweep(scope, { staged, dryRun, olderThanMilliseconds, run }, ports, wait),
  );
  if (flags.json) io.out(sweepJson(result), 'json');
  else io.tell(sweepText(result));
  for (const issue of result.issues) io.diagnostics.write(renderIssue(issue));
  goOn(afterSweep(result, dryRun), flags.json, io);
  return exitCodeOf({ images: [], issues: result.issues });
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
