import { inPieces } from './in-pieces.ts';

/**
 * What `JSON.stringify(value, null, 2)` gives for plain data, piece by piece: V8 ends a text at 512 Mi characters, and the report of a large fleet is
 * longer. No piece is much longer than a member of a member of the value, which is an image in a report.
 */
export function jsonPieces(value: unknown): Generator<string> {
  return inPieces(partsOf(value, 2, ''));
}

function* partsOf(value: unknown, depth: number, indent: string): Generator<string> {
  const members = depth > 0 ? membersOf(value) : [];
  if (members.length === 0) {
    // Line feeds stand between values only: those in a text are escaped.
    yield JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
    return;
  }
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  for (const [index, { name, member }] of members.entries()) {
    yield `${index === 0 ? open : ','}\n${indent}  ${name}`;
    yield* partsOf(member, depth - 1, `${indent}  `);
  }
  yield `\n${indent}${close}`;
}

interface Member {
  /** What stands before it: its key in an object. */
  readonly name: string;
  readonly member: unknown;
}

function membersOf(value: unknown): readonly Member[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.map((member: unknown) => ({ name: '', member: member ?? null }));
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => ({ name: `${JSON.stringify(key)}: `, member }));
}
