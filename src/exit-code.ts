import { blocks, ERROR_CODES, type ErrorCode, ExitCode, type ImageReport, type Issue, type Report } from './model/index.ts';

/**
 * The exit code of a run: 0 when every image is fine; `interrupted` when it was cancelled; `partial` when some images were made and others were not;
 * else the code that those which failed have in common, or `failed`.
 */
export function exitCodeOf(report: Pick<Report, 'images' | 'issues'>): ExitCode {
  const codes = new Set([...report.images.map(imageExitCode), ...(report.issues.some(blocks) ? [ExitCode.usage] : [])]);
  codes.delete(ExitCode.ok);
  const [only, ...others] = codes;
  if (only === undefined) return ExitCode.ok;
  if (codes.has(ExitCode.interrupted)) return ExitCode.interrupted;
  if (report.images.some(wasMade)) return ExitCode.partial;
  return others.length === 0 ? only : ExitCode.failed;
}

function wasMade({ outcome }: ImageReport): boolean {
  return outcome === 'published' || outcome === 'validated' || outcome === 'built';
}

function imageExitCode(report: ImageReport): ExitCode {
  if (report.issues.some((issue) => blocks(issue) && issue.code.startsWith('LOCK_'))) return ExitCode.usage;
  switch (report.outcome) {
    case 'published':
    case 'validated':
    case 'built':
    case 'ready':
    case 'unchanged':
      return ExitCode.ok;
    case 'timed-out':
      return ExitCode.timedOut;
    case 'cancelled':
      return ExitCode.interrupted;
    case 'blocked':
      return report.preflight?.issues.some(blocks) && !report.plan?.issues.some(blocks) && !report.match?.issues.some(blocks)
        ? ExitCode.preflight
        : ExitCode.usage;
    case 'failed':
      return report.issues.map(thrownCode).find((code) => code !== undefined) ?? stageCode(report);
  }
}

function thrownCode({ code }: Issue): ExitCode | undefined {
  return code in ERROR_CODES ? ERROR_CODES[code as ErrorCode].exit : undefined;
}

function stageCode({ stage }: ImageReport): ExitCode {
  if (stage === 'validate') return ExitCode.validation;
  return stage === 'publish' ? ExitCode.publish : ExitCode.failed;
}
