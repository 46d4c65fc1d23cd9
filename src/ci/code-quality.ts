import { blocks, type Issue, sha256 } from '../model/index.ts';
import { visible } from '../report/encode.ts';

/**
 * Issues as GitLab's code quality report, which a merge request shows at their lines (docs.gitlab.com: code quality, report format). Those without a place and
 * remarks are left out. The fingerprint tells one from another, and is the same while an issue stays where it is.
 */
export function codeQuality(issues: readonly Issue[]): string {
  const placed = issues.flatMap((issue) =>
    issue.place === undefined || issue.severity === 'info' ? [] : [{ ...issue, place: issue.place }],
  );
  const entries = placed.map((issue) => {
    const { code, message, hint, image = '', place } = issue;
    const path = place.file.replace(/^\.\//, '');
    return {
      description: visible(`${message}${hint === undefined ? '' : `; ${hint}`}`),
      check_name: code,
      fingerprint: sha256([path, place.line, image, code, message].join('\0')),
      severity: blocks(issue) ? 'major' : 'minor',
      location: { path, lines: { begin: place.line } },
    };
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}
