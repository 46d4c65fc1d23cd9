import { visible } from '../report/encode.ts';
import type { CiSystem } from './system.ts';

/** The lines around what belongs together, each with its line feed. */
export interface LogGroup {
  readonly start: string;
  /** Of the moment at which it ends. */
  readonly end: (now: Date) => string;
}

/**
 * A group of a log under a title, as that system folds it. `id` is of letters, digits, `-` and `_`. Sources: docs.github.com workflow commands; azure-pipelines
 * logging commands (formatting commands); docs.gitlab.com job logs (custom collapsible sections).
 */
export function logGroup(title: string, id: string, system: CiSystem, now: Date): LogGroup {
  const shown = visible(title);
  switch (system) {
    case 'github':
      return { start: `::group::${shown.replaceAll('%', '%25')}\n`, end: () => '::endgroup::\n' };
    case 'azure':
      return { start: `##[group]${shown}\n`, end: () => '##[endgroup]\n' };
    case 'gitlab': {
      const section = id.replace(/[^\w-]/g, '_');
      const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000);
      return {
        start: `\u001b[0Ksection_start:${seconds(now)}:${section}\r\u001b[0K${shown}\n`,
        end: (moment) => `\u001b[0Ksection_end:${seconds(moment)}:${section}\r\u001b[0K\n`,
      };
    }
  }
}
