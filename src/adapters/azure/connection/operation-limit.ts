import { RegildError } from '../../../errors.ts';

/** How long an operation may go on, in hours: copies to many regions take hours, all else minutes; a script in a VM ends after 90 minutes by itself. */
const LIMITS = { replication: 12, other: 2 } as const;

/** Throws TIMED_OUT for work that goes on for longer than its kind may; `what` is named in the message. */
export function requireInTime(milliseconds: number, what: string, kind: keyof typeof LIMITS): void {
  const hours = LIMITS[kind];
  if (milliseconds < hours * 3_600_000) return;
  throw new RegildError('TIMED_OUT', `${what} has not ended within ${hours} hours`, {
    hint: 'look at it in the portal; go on with --resume: what was reached is kept',
  });
}
