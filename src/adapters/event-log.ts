import type { ProgressEvent } from '../model/index.ts';
import type { Clock, Progress } from '../ports.ts';
import { appendingLines } from './append.ts';

/**
 * Adds each event to a file as it happens, a line of JSON with its time `at` (ISO 8601); a run that is killed has told what it came to. Throws what the file
 * system throws where the file cannot be begun; a line that cannot be added later takes nothing from the run.
 */
export function createEventLog(path: string, clock: Pick<Clock, 'now'>): Progress {
  const add = appendingLines(path, 'json', false);
  return {
    emit: (event) => {
      try {
        add(JSON.stringify({ at: clock.now().toISOString(), ...event }));
      } catch {
        // A full disk is told by what has to be saved, not by what is only told.
      }
    },
  };
}

/** Tells every one of them. */
export function tellAll(...all: readonly Progress[]): Progress {
  return { emit: (event: ProgressEvent) => all.forEach((progress) => void progress.emit(event)) };
}
