import type { FleetStatus, ImageStatus } from '../../model/index.ts';
import { markdownCode as code, markdown as md } from '../encode.ts';
import { issueList, table } from '../markdown-parts.ts';
import { factLines, minute, regionWords, usersWords } from './words.ts';

/** For a job summary: what is due first, then the versions of each image. */
export function renderStatusMarkdown({ at, images }: FleetStatus): string {
  return `${[`# Images on ${minute(at)}`, ...images.map(imageBlock)].join('\n\n')}\n`;
}

function imageBlock(status: ImageStatus): string {
  const { image, gallery, definition, versions, issues } = status;
  const rows = versions.map((version) => [
    code(version.version),
    version.state,
    version.published === undefined ? '' : minute(version.published),
    md(regionWords(version)),
    usersWords(version),
    code(version.ami ?? ''),
    code(version.base ?? ''),
  ]);
  return [
    `## ${md(image)}`,
    `${code(`${gallery}/${definition}`)}`,
    factLines(status)
      .map((line) => `- ${md(line)}`)
      .join('\n'),
    ...(rows.length > 0 ? [table(['version', 'state', 'published', 'regions', 'users', 'AMI', 'base'], rows)] : []),
    ...(issues.length > 0 ? [issueList(issues)] : []),
  ].join('\n\n');
}
