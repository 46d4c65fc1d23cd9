import type { Issue } from '../model/index.ts';
import { visible } from './encode.ts';
import { formatPlace } from './issues.ts';

/** An issue as lines for a terminal: `error CODE: message`, then image, place and hint, each where there is one. Ends with a line feed. */
export function renderIssue(issue: Issue): string {
  const place = formatPlace(issue);
  const lines = [
    `${issue.severity} ${issue.code}: ${visible(issue.message)}`,
    ...(issue.image === undefined ? [] : [`  image  ${visible(issue.image)}${place === undefined ? '' : ` (${visible(place)})`}`]),
    ...(issue.image === undefined && place !== undefined ? [`  at     ${visible(place)}`] : []),
    ...(issue.hint === undefined ? [] : [`  hint   ${visible(issue.hint)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
