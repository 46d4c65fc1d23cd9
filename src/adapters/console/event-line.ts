import { type ProgressEvent, tickingDuration } from '../../model/index.ts';
import { oneLine } from '../one-line.ts';
import { regionLine } from './region-line.ts';

/** One event as one log line with its UTC time, for CI and pipes. */
export function eventLine(event: ProgressEvent, now: Date): string {
  return `${now.toISOString().slice(11, 19)}Z ${subject(event)}${oneLine(wordsFor(event))}`;
}

function subject(event: ProgressEvent): string {
  return event.kind === 'notice' ? '' : `${event.image} `;
}

function wordsFor(event: ProgressEvent): string {
  switch (event.kind) {
    case 'notice':
      return event.text;
    case 'stage-started':
      return `${event.stage} …`;
    case 'stage-note':
      return `${event.stage}: ${event.text}`;
    case 'replication':
      return `publish: ${regionLine(event.regions)}`;
    case 'stage-finished':
      return `${event.stage} done in ${tickingDuration(event.milliseconds)}${event.resumed ? ' (from the run folder)' : ''}${counts(event)}`;
    case 'stage-failed':
      return `${event.stage} failed after ${tickingDuration(event.milliseconds)}: ${event.message}`;
    case 'image-finished':
      return `finished: ${event.outcome}`;
  }
}

function counts({ issues }: Extract<ProgressEvent, { kind: 'stage-finished' }>): string {
  const problems = issues.filter(({ severity }) => severity === 'error' || severity === 'question').length;
  const warnings = issues.filter(({ severity }) => severity === 'warning').length;
  const parts = [problems ? `${problems} problem(s)` : '', warnings ? `${warnings} warning(s)` : ''].filter(Boolean);
  return parts.length ? `, ${parts.join(', ')}` : '';
}
