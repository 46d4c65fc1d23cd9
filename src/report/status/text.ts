import type { FleetStatus, ImageStatus, StatusVersion } from '../../model/index.ts';
import { visible } from '../encode.ts';
import { renderIssue } from '../issue-text.ts';
import { factLines, minute, regionWords, usersWords } from './words.ts';

/** One block for each image: its versions newest first, what is due, and what waits. */
export function renderStatusText({ images }: FleetStatus): string {
  return images.map(imageText).join('\n');
}

function imageText(status: ImageStatus): string {
  const { image, gallery, definition, versions, issues } = status;
  const lines = versions.length === 0 ? ['no versions'] : versions.map(versionLine);
  const all = [...lines, ...factLines(status)].map((line) => `  ${visible(line)}\n`);
  return `${visible(image)}  ${visible(`${gallery}/${definition}`)}\n${all.join('')}${issues.map(renderIssue).join('')}`;
}

function versionLine(version: StatusVersion): string {
  const { version: name, state, published, ami } = version;
  const made = ami === undefined ? '' : `  from ${ami}`;
  return `${name.padEnd(16)}${state.padEnd(12)}${(published === undefined ? '' : minute(published)).padEnd(19)}${regionWords(version)}  ${usersWords(version)}${made}`;
}
