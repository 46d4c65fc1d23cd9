import { inPieces } from './in-pieces.ts';

/**
 * What `JSON.stringify(value, null, 2)` gives for plain data, piece by piece: V8 ends a text at 512 Mi characters, and the report of a large fleet is
 * longer. No piece is much longer than a member of a member of the value, which is an image in a report. What comes one by one is a list, as arrays are.
 */
export function jsonPieces(value: unknown): Generator<string> {
  return inPieces(partsOf(value, 2, ''));
}

function* partsOf(value: unknown, depth: number, indent: string): Generator<string> {
  const members = depth > 0 ? membersOf(value) : [];
  const [open, close] = isIterable(value) ? '[]' : '{}';
  let before = open;
  for (const { name, member } of members) {
    yield `${before}\n${indent}  ${name}`;
    yield* partsOf(member, depth - 1, `${indent}  `);
    before = ',';
  }
  if (before === ',') yield `\n${indent}${close}`;
  // Line feeds stand between values only: those in a text are escaped.
  else yield depth > 0 && isIterable(value) ? '[]' : JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
}

interface Member {
  /** What stands before it: its key in an object. */
  readonly name: string;
  readonly member: unknown;
}

function* membersOf(value: unknown): Generator<Member> {
  if (typeof value !== 'object' || value === null) return;
  if (isIterable(value)) for (const member of value) yield { name: '', member: member ?? null };
  else for (const [key, member] of Object.entries(value)) if (member !== undefined) yield { name: `${JSON.stringify(key)}: `, member };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
