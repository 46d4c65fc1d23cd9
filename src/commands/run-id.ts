import { randomBytes } from 'node:crypto';

/** An id that sorts by time and fits folder names, tags and Azure resource names: 20261121t081502-3f9a. */
export function newRunId(now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').slice(0, 15).toLowerCase();
  return `${time}-${randomBytes(2).toString('hex')}`;
}
