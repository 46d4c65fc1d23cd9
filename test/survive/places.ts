import type { FaultEffect } from '../../src/sandbox/faults.ts';
import type { Life } from './disturbed.ts';
import type { Disturbance, Place } from './witness.ts';

/** One way to disturb a task, and how it goes on afterwards. */
export interface Trial {
  readonly what: string;
  /** Trials of one class are equal: one of them stands for all. */
  readonly like: string;
  readonly lives: readonly Life[];
  /** It may end with TIMED_OUT, and nothing is said of what is left then: the operation still goes on. */
  readonly isEndless?: true;
}

/**
 * When two places are equal. A process that is killed leaves the cloud and its folder: a kill is like another where both are the same, which they are
 * between two changes. A process that is answered wrongly goes on from there: a fault is like another where the same kind of thing is asked in the same
 * state; of ten looks at an operation, or four questions for a provider, one is tried. Statuses that all clients try again alike take turns.
 */
export const RULE = [
  'kills are equal between two changes of the cloud or the run folder;',
  'faults are equal where one kind of resource is asked in the same way between two changes;',
  '408, 500, 502 and 503 take turns from place to place;',
  'what every attempt renders anew, or nobody reads back (events, logs), changes nothing',
].join(' ');

const refusal = (status: number, retryAfter?: number): FaultEffect => ({
  kind: 'respond',
  status,
  code: `Code${status}`,
  message: 'said by a fault',
  ...(retryAfter !== undefined && { retryAfter }),
});

/** Each once, at one request. */
const FAULTS: Readonly<Record<string, FaultEffect>> = {
  'a reset before': { kind: 'disconnect' },
  'an answer lost': { kind: 'lose-answer' },
  'an answer cut off': { kind: 'cut-answer' },
  'a page of somebody else': { kind: 'page' },
  429: refusal(429, 0),
};
/** Statuses that are tried again in the same way (azure-core's exponential retry policy, the AWS SDK's transient errors). */
const ALIKE: readonly number[] = [408, 500, 502, 503];

const GOES_ON: Life = { goesOn: true };
const kill =
  (at: number, after: boolean): Disturbance =>
  (_, number) =>
    number === at ? { kind: 'kill', after } : undefined;
const once =
  (at: number, effect: FaultEffect): Disturbance =>
  (_, number) =>
    number === at ? effect : undefined;
const between =
  (from: number, count: number): Disturbance =>
  (_, number) =>
    number >= from && number < from + count ? { kind: 'disconnect' } : undefined;

/** Every way to disturb a run that went through these places; `chance` (from 0 to 1) says where one that goes on is killed again. */
export function trialsAt(places: readonly Place[], chance: () => number): readonly Trial[] {
  return places.flatMap((place) => (place.kind === 'request' ? atRequest(place, chance) : atFile(place)));
}

function atRequest(place: Place, chance: () => number): readonly Trial[] {
  const { number, what } = place;
  const at = `request ${number}`;
  const fault = (said: string, like: string, disturb: Disturbance): Trial => ({
    what: `${said} at ${at}`,
    like: `${like} at ${kindOf(what)} ${stateAt(place, false)}`,
    lives: [{ goesOn: false, disturb }, GOES_ON],
  });
  return [
    ...[false, true].flatMap((after) => {
      const killed = { goesOn: false, disturb: kill(number, after) };
      const again = { goesOn: true, disturb: kill(1 + Math.floor(chance() * 20), chance() < 0.5) };
      const said = `killed ${after ? 'after' : 'before'} ${at}`;
      const like = `killed ${stateAt(place, after)}`;
      return [
        { what: said, like, lives: [killed, GOES_ON] },
        { what: `${said}, and again`, like: `${like}, and again`, lives: [killed, again, GOES_ON] },
      ];
    }),
    ...Object.entries(FAULTS).map(([said, effect]) => fault(said, said, once(number, effect))),
    ...ALIKE.map((status) => fault(String(status), 'a status', once(number, refusal(status)))),
    fault('nobody answers for 40 requests', 'an outage', between(number, 40)),
  ];
}

function atFile(place: Place): readonly Trial[] {
  const { number, what, folder } = place;
  const trial = (fate: 'before' | 'torn' | 'after' | 'full', said: string, like: string): Trial => ({
    what: `${said} change ${number} of a file`,
    like,
    lives: [{ goesOn: false, file: { at: number, fate } }, GOES_ON],
  });
  const own = `${what} after ${folder} changes`;
  return [
    trial('before', 'killed before', `killed ${stateAt(place, false)}`),
    trial('after', 'killed after', `killed ${stateAt(place, true)}`),
    ...(/^(?:write|append)File/.test(what) ? [trial('torn', 'killed in the middle of', `killed in the middle: ${own}`)] : []),
    trial('full', 'no space left for', `no space left: ${own}`),
  ];
}

/** What a process leaves that ends there: both count up, so that equal numbers of one run are equal states. */
function stateAt({ kind, cloud, folder, changes }: Place, after: boolean): string {
  const one = after && changes ? 1 : 0;
  return `with ${cloud + (kind === 'request' ? one : 0)} changes of the cloud and ${folder + (kind === 'file' ? one : 0)} of the folder`;
}

/** What is asked for, without names: the kinds of a path's resources, or the action of AWS. */
function kindOf(what: string): string {
  const action = /[?& ]Action=(\w+)/.exec(what)?.[1];
  if (action !== undefined) return action;
  const [method = '', path = ''] = what.split(/[ ?]/);
  const parts = path.slice(1).split('/');
  return `${method} ${parts.filter((_, index) => index % 2 === 0 || parts[index - 1] === 'providers').join('/')}`;
}
