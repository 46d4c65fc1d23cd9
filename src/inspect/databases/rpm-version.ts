/** Epoch, version and release of an rpm package. */
export interface Evr {
  readonly epoch: number;
  readonly version: string;
  readonly release: string;
}

/** `[epoch:]version[-release]` as rpm and dnf print it. */
export function parseEvr(text: string): Evr {
  const [, epoch, version = '', release = ''] = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/s.exec(text) ?? [];
  return { epoch: Number(epoch ?? 0), version, release };
}

/** Negative, 0 or positive as `left` is older than, equal to or newer than `right`. */
export function compareEvr(left: Evr, right: Evr): number {
  return left.epoch - right.epoch || compareRpmVersion(left.version, right.version) || compareRpmVersion(left.release, right.release);
}

/**
 * rpm's order of versions (rpmio/rpmvercmp.cc): runs of digits compare as numbers, runs of letters as text, numbers are newer than letters, `~` sorts
 * before everything, `^` after the end and before anything else.
 */
export function compareRpmVersion(left: string, right: string): number {
  if (left === right) return 0;
  const ours = segments(left);
  const theirs = segments(right);
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const order = compareSegment(ours[index], theirs[index]);
    if (order !== 0) return order;
  }
  return 0;
}

/** What separates runs means nothing. */
function segments(version: string): readonly string[] {
  return version.match(/[0-9]+|[A-Za-z]+|~|\^/g) ?? [];
}

function compareSegment(left: string | undefined, right: string | undefined): number {
  if (left === right) return 0;
  if (left === '~' || right === '~') return left === '~' ? -1 : 1;
  if (left === '^') return right === undefined ? 1 : -1;
  if (right === '^') return left === undefined ? -1 : 1;
  if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
  const numeric = /^\d/.test(left);
  if (numeric !== /^\d/.test(right)) return numeric ? 1 : -1;
  return numeric ? compareNumbers(left, right) : left < right ? -1 : 1;
}

/** Any number of digits; leading zeroes mean nothing. */
function compareNumbers(left: string, right: string): number {
  const [ours, theirs] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')];
  if (ours.length !== theirs.length) return ours.length - theirs.length;
  return ours < theirs ? -1 : ours > theirs ? 1 : 0;
}
