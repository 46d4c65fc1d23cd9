/** An instance or volume that the image is of: it stays, where everything else that looks like an identifier tells builds apart. */
const ORIGIN = /((?<![a-z0-9])(?:i|vol)-[0-9a-f]{8}(?:[0-9a-f]{9})?(?![0-9a-z]))/;
/** What differs from one build of an image to the next: identifiers, times. Dates in three parts come first, since a name is cut at hyphens later. */
const CHANGING: readonly RegExp[] = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
  /(?<!\d)(?:19|20)\d\d([-._ ])\d\d\1\d\d(?:[t _-]?\d\d[-:._]?\d\d(?:[-:._]?\d\d(?:\.\d+)?)?z?)?(?!\d)/g,
  /(?<!\d)(?:19|20)\d{6}(?:[t_-]?\d{4,6}z?)?(?:[._-]\d{1,3})?(?!\d)/g,
  /\d{9,}/g,
];
const SEPARATORS = /([-_/ ])/;
const HASH = /^(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}$/;
const SERIAL = /^(?:v|r|b|rc|build|rev)?\d+(?:\.\d+)*$/;

/** An AMI's name without what only tells one build from another; undefined where nothing distinctive is left. */
export function nameStem(name: string): string | undefined {
  const pieces = name.trim().toLowerCase().split(ORIGIN);
  const stem = pieces.map((piece, index) => (index % 2 === 1 ? piece : withoutBuild(piece, index === pieces.length - 1))).join('');
  return /\p{L}{2}/u.test(stem) ? stem : undefined;
}

/** The letters of a name, in order: what is left when builds and numbered siblings look the same. */
export function nameWords(name: string): string | undefined {
  const words = name.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  return words.length === 0 ? undefined : words.join(' ');
}

function withoutBuild(text: string, atEnd: boolean): string {
  const parts = CHANGING.reduce((left, pattern) => left.replace(pattern, '#'), text).split(SEPARATORS);
  return parts.map((part, index) => (changes(part, atEnd && index === parts.length - 1) ? '#' : part)).join('');
}

function changes(part: string, last: boolean): boolean {
  return part.includes('#') || HASH.test(part) || (last && SERIAL.test(part));
}
