import { blocks, ERROR_CODES, ExitCode, type ImageReport, type Issue, type RefreshReport, type Report } from './model/index.ts';

/**
 * The exit code of a run: 0 when every image is fine; `interrupted` when it was cancelled; `partial` when some images were made and others were not;
 * else the code that those which failed have in common, or `failed`.
 */
export function exitCodeOf(report: Pick<Report, 'images' | 'issues'>): ExitCode {
  const codes = new Set([...report.images.map(({ exitCode }) => exitCode), ...report.issues.filter(blocks).map(exitOf)]);
  codes.delete(ExitCode.ok);
  const [only, ...others] = codes;
  if (only === undefined) return ExitCode.ok;
  if (codes.has(ExitCode.interrupted)) return ExitCode.interrupted;
  if (report.images.some(wasMade) && report.images.some(({ exitCode }) => exitCode !== ExitCode.ok)) return ExitCode.partial;
  return others.length === 0 ? only : ExitCode.failed;
}

const ERROR_EXITS: ReadonlyMap<string, ExitCode> = new Map(Object.entries(ERROR_CODES).map(([code, { exit }]) => [code, exit]));

/** A failure of the run as a whole ends as that failure does; all else that holds it is a matter of its configuration. */
function exitOf({ code }: Issue): ExitCode {
  return ERROR_EXITS.get(code) ?? ExitCode.usage;
}

function wasMade({ outcome }: ImageReport): boolean {
  return outcome === 'published' || outcome === 'validated' || outcome === 'built';
}

/** Whether something waits because a cloud did not answer: the same refresh may find more to do a little later. */
export function isToBeTriedAgain({ items }: RefreshReport): boolean {
  return items.some(({ held, drifts, issues }) => {
    const waits = held !== undefined || drifts.some((drift) => drift.held !== undefined);
    return waits && issues.some((issue) => exitOf(issue) === ExitCode.tryAgain);
  });
}
