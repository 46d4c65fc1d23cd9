import { blocks, type Issue } from '../model/index.ts';
import { visible } from '../report/encode.ts';
import type { CiSystem } from './system.ts';

/** CI systems whose logs show an issue at its line of a file. GitLab has no such command. */
export type Annotating = Exclude<CiSystem, 'gitlab'>;

/**
 * One line for each issue that somebody should see, as the commands of that system: errors and questions, and warnings. Remarks are left out. Everything that
 * an issue says is encoded: it can neither end the command nor be one. Sources: actions/toolkit command.ts; azure-pipelines-agent CommandStringConvertor.
 */
export function annotations(issues: readonly Issue[], system: Annotating): readonly string[] {
  const shown = issues.filter(({ severity }) => severity !== 'info');
  return shown.map(system === 'github' ? githubLine : azureLine);
}

function githubLine(issue: Issue): string {
  const { place, code } = issue;
  const where = place ? { file: place.file, line: place.line, col: place.column } : {};
  const properties = Object.entries({ ...where, title: `regild ${code}` }).map(
    ([name, value]) => `${name}=${githubProperty(String(value))}`,
  );
  return `::${typeOf(issue)} ${properties.join(',')}::${githubText(textOf(issue))}`;
}

function githubText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function githubProperty(text: string): string {
  return githubText(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function azureLine(issue: Issue): string {
  const { place, code } = issue;
  const where = place ? { sourcepath: place.file, linenumber: place.line, columnnumber: place.column } : {};
  const properties = Object.entries({ type: typeOf(issue), ...where, code }).map(
    ([name, value]) => `${name}=${azureProperty(String(value))};`,
  );
  return `##vso[task.logissue ${properties.join('')}]${azureText(textOf(issue))}`;
}

/** The command with which Azure Pipelines takes a Markdown file, by its absolute path, into the summary of the run. */
export function uploadSummary(path: string): string {
  return `##vso[task.uploadsummary]${azureText(path)}`;
}

function azureText(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function azureProperty(text: string): string {
  return azureText(visible(text)).replaceAll(';', '%3B').replaceAll(']', '%5D');
}

function typeOf(issue: Issue): 'error' | 'warning' {
  return blocks(issue) ? 'error' : 'warning';
}

/** What is wrong, of which image, and what to do, on one line. */
function textOf({ image, code, message, hint }: Issue): string {
  return visible(`${image === undefined ? '' : `${image}: `}${code}: ${message}${hint === undefined ? '' : `; ${hint}`}`);
}
