import { type Drift, type ImageStatus, roughDuration, type StatusVersion, toTheMinute } from '../../model/index.ts';

/** What is done about a drift: due, or why it waits. */
export function driftLine({ kind, reason, held, heldUntil }: Drift): string {
  const until = heldUntil === undefined ? '' : ` until ${minute(heldUntil)}`;
  return `${kind}: ${reason}${held === undefined ? '' : ` (waits: ${held}${until})`}`;
}

/** A time in UTC, to the minute. */
export function minute(iso: string): string {
  return toTheMinute(new Date(iso));
}

/** `northeurope ×2 latest, westeurope ×1`. */
export function regionWords({ regions }: StatusVersion): string {
  return regions.map(({ name, replicas, latest }) => `${name} ×${replicas}${latest ? ' latest' : ''}`).join(', ');
}

export function usersWords({ users }: StatusVersion): string {
  return users === undefined ? 'not asked' : users === 1 ? '1 user' : `${users} users`;
}

/** The facts of an image that are not about one version, each in a line. */
export function factLines(status: ImageStatus): readonly string[] {
  const { blackout, support, drifts } = status;
  const ends = [
    support?.standard && `standard support until ${support.standard}`,
    support?.extended && `extended until ${support.extended}`,
  ];
  const known = ends.filter((end) => end !== undefined);
  return [
    ...latestLine(status),
    ...(drifts.length === 0 ? ['as the manifest wishes'] : drifts.map(driftLine)),
    ...(blackout === undefined ? [] : [blackoutWords(blackout)]),
    ...(support && known.length > 0 ? [`${support.system}: ${known.join(', ')}`] : []),
  ];
}

/** What `latest` is, how old, and until when it is to be used. */
function latestLine({ at, latest, versions }: ImageStatus): readonly string[] {
  const { version, published, endOfLife } = versions.find((one) => one.version === latest) ?? {};
  if (version === undefined) return [];
  const age = published === undefined ? '' : `, ${roughDuration(Date.parse(at) - Date.parse(published))} old`;
  return [`latest is ${version}${age}${endOfLife === undefined ? '' : `, end of life ${minute(endOfLife)}`}`];
}

function blackoutWords({ text, from, until }: NonNullable<ImageStatus['blackout']>): string {
  if (until !== undefined) return `blackout ${text} until ${minute(until)}`;
  return `next blackout ${text}${from === undefined ? '' : ` from ${minute(from)}`}`;
}
