import { RegildError } from '../../../errors.ts';
import { DEFAULT_TIMEOUTS, formatDuration, type Timeouts } from '../../../model/index.ts';

/** How long an operation may go on, in minutes; one that writes a gallery version copies it. */
export type OperationLimits = Pick<Timeouts, 'operation' | 'replication'>;

/** What requires it of work that has gone on for so many milliseconds; `what` is named in the message. Throws TIMED_OUT. */
export type RequireInTime = (milliseconds: number, what: string, kind: keyof OperationLimits) => void;

/** Holds operations to these limits. */
export function operationLimit(limits: OperationLimits = DEFAULT_TIMEOUTS): RequireInTime {
  return (milliseconds, what, kind) => {
    const limit = limits[kind] * 60_000;
    if (milliseconds < limit) return;
    throw new RegildError('TIMED_OUT', `${what} has not ended within ${formatDuration(limit)}`, {
      hint: `look at it in the portal; go on with --resume: what was reached is kept; \`timeouts.${kind}\` in images.yaml allows more`,
    });
  };
}
