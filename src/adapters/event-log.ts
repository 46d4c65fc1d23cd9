import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ProgressEvent } from '../model/index.ts';
import { maskSecrets } from '../model/mask-secrets.ts';
import type { Clock, Progress } from '../ports.ts';

/**
 * Adds each event to a file as it happens, a line of JSON with its time `at` (ISO 8601); a run that is killed has told what it came to. Throws what the file
 * system throws where the file cannot be begun; a line that cannot be added later takes nothing from the run.
 */
export function createEventLog(path: string, clock: Pick<Clock, 'now'>): Progress {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  appendFileSync(path, '', { mode: 0o600 });
  return {
    emit: (event) => {
      try {
        appendFileSync(path, `${JSON.stringify({ at: clock.now().toISOString(), ...event }, masked)}\n`);
      } catch {
        // A full disk is told by what has to be saved, not by what is only told.
      }
    },
  };
}

function masked(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? maskSecrets(value) : value;
}

/** Tells every one of them. */
export function tellAll(...all: readonly Progress[]): Progress {
  return { emit: (event: ProgressEvent) => all.forEach((progress) => void progress.emit(event)) };
}
