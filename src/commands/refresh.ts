import { InvalidArgumentError, Option } from 'commander';
import { RegildError } from '../errors.ts';
import { exitCodeOf, isToBeTriedAgain } from '../exit-code.ts';
import type { Looked } from '../living/look.ts';
import { statusOf } from '../living/status.ts';
import {
  type DriftKind,
  ExitCode,
  type ImageStatus,
  type OnError,
  REBUILD_DRIFTS,
  RECONCILE_DRIFTS,
  type RefreshItem,
  type Report,
} from '../model/index.ts';
import { isDue, refreshFleet } from '../refresh.ts';
import { renderIssue } from '../report/issue-text.ts';
import { REFRESH_FORMATS, type RefreshFormat, renderRefresh, renderRefreshSummary } from '../report/refresh.ts';
import { renderRefreshHtml } from '../report/refresh-html.ts';
import { annotate } from './annotate.ts';
import type { Verb } from './command.ts';
import { tellInSummary, tellQuality } from './job-report.ts';
import { withFleet } from './living.ts';
import { afterRefresh } from './next-steps.ts';
import { type FleetFlags, onErrorOption, requireSomebodyToAsk, withFleetOptions } from './options.ts';
import { goOn, print } from './print.ts';
import { sayEnd, walkRun, withAnswers } from './run-fleet.ts';

interface RefreshFlags extends FleetFlags {
  readonly check?: true;
  readonly dryRun?: true;
  readonly max?: number;
  readonly reason?: readonly DriftKind[];
  readonly format: RefreshFormat;
  readonly runs: string;
  readonly onError?: OnError;
}

const REASONS = [...REBUILD_DRIFTS, ...RECONCILE_DRIFTS];

/** Does what is due: mends the versions that exist, rebuilds what must be built again. With `--check` it only says so, and exits 10. */
export const refreshVerb: Verb = (program, run) =>
  withFleetOptions(program)
    .option('--check', 'change nothing; exit 10 when something is due, 75 when a cloud did not answer')
    .option('--dry-run', 'change nothing, say what is due')
    .option('--max <number>', 'rebuild at most so many images, the most urgent first', count)
    .addOption(new Option('--reason <kinds...>', 'only for these reasons').choices(REASONS))
    .addOption(new Option('--format <format>', 'how to print it').choices([...REFRESH_FORMATS]).default('text'))
    .addOption(new Option('--runs <folder>', 'where run folders are kept').default('.regild/runs').env('REGILD_RUNS'))
    .addOption(onErrorOption())
    .action((images: string[], flags: RefreshFlags) =>
      run(async (io) => {
        // Before hours of rebuilding come to the first image that is due, or in a night when none is.
        requireSomebodyToAsk(flags, io);
        requireNothingDone(flags);
        const { check = false, dryRun = false, runs, max, reason: reasons, onError } = flags;
        const walked: { readonly report: Report; readonly specs: Parameters<typeof walkRun>[0] }[] = [];
        let found: readonly ImageStatus[] = [];
        const report = await withFleet(images, flags, io, async (context, manifest, above) => {
          const { specs: fleet } = withAnswers(manifest, flags);
          const walk = async (specs: Parameters<typeof walkRun>[0], runId: string | undefined) => {
            const work = {
              command: 'refresh',
              until: 'publish',
              force: true,
              run: { runs, ...(runId !== undefined && { runId }), ...(onError !== undefined && { onError }) },
            } as const;
            const done = await walkRun(specs, flags, work, { context, started: context.ports.clock.now(), io: above });
            walked.push({ report: done, specs });
            return done;
          };
          const onLooked = (looked: readonly Looked[], now: Date) => {
            found = looked.map((one) => statusOf(one, now));
          };
          return refreshFleet(fleet, context, { concurrency: flags.concurrency, dryRun: check || dryRun, max, reasons, walk, onLooked });
        });
        for (const done of walked) sayEnd(done.report, done.specs, runs, io);
        const built = walked.flatMap((done) => done.report.images);
        const unsaved = walked.flatMap((done) => done.report.issues);
        const issues = [...unsaved, ...built.flatMap((image) => image.issues)];
        annotate(issues, io);
        for (const issue of unsaved) io.diagnostics.write(renderIssue(issue));
        const format = flags.json ? 'json' : flags.format;
        print(format === 'html' ? renderRefreshHtml(report, found) : renderRefresh(report, format), format, io);
        await tellInSummary((most) => renderRefreshSummary(report, most), `refresh-${report.at.replace(/\W/g, '')}`, io);
        await tellQuality(issues, io);
        goOn(afterRefresh({ report, runs: walked.map((done) => done.report), dryRun: check || dryRun }, flags), flags.json, io);
        const later = isToBeTriedAgain(report) ? ExitCode.tryAgain : ExitCode.ok;
        if (check) return isDue(report) ? ExitCode.workDue : later;
        const whole = built.filter(({ outcome }) => outcome === 'published' || outcome === 'unchanged').map(({ image }) => image);
        const failed = report.items.filter(
          ({ action, image, outcome }) => outcome === 'failed' && (action === 'reconcile' || whole.includes(image)),
        );
        const code = failed.length > 0 ? mendingCode(failed) : exitCodeOf({ images: built, issues: unsaved });
        return code === ExitCode.ok ? later : code;
      }),
    );

/** Throws USAGE for a page of what was done: the calendar on it is that of the fleet before. */
function requireNothingDone({ check, dryRun, format, json }: RefreshFlags): void {
  if (format !== 'html' || json || check || dryRun) return;
  throw new RegildError('USAGE', '`refresh --format html` is a page of what is due', {
    hint: 'add --check or --dry-run; `regild status --format html` shows the fleet afterwards',
  });
}

/** A rollout that its check stopped is told from what Azure refused. */
function mendingCode(failed: readonly RefreshItem[]): ExitCode {
  const stopped = failed.every(({ issues }) => issues.some(({ code }) => code === 'ROLLOUT_STOPPED'));
  return stopped ? ExitCode.validation : ExitCode.publish;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('it must be a whole number');
  return value;
}
