import { Cron } from 'croner';

/** Whether a text is a cron line of five fields (`0 4 * * 2`). */
export function isCron(text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5) return false;
  try {
    return new Cron(text, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}
