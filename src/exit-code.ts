import { blocks, ExitCode, type ImageReport, type Report } from './model/index.ts';

/**
 * The exit code of a run: 0 when every image is fine; `interrupted` when it was cancelled; `partial` when some images were made and others were not;
 * else the code that those which failed have in common, or `failed`.
 */
export function exitCodeOf(report: Pick<Report, 'images' | 'issues'>): ExitCode {
  const codes = new Set([...report.images.map(({ exitCode }) => exitCode), ...(report.issues.some(blocks) ? [ExitCode.usage] : [])]);
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
