import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Spot, Spots } from './places.ts';
import { type Path, type Problem, quote } from './problem.ts';

/** Far above any fleet, far below what aliases of aliases expand to. */
const MOST_VALUES = 250_000;
const DEEPEST = 40;

/** A YAML document as plain values: empty keys left out, aliases followed, and where every value stands. */
export interface Reading {
  readonly value: unknown;
  readonly spots: Spots;
  readonly problems: readonly Problem[];
}

/** What is met on the way through the document: the spot of a value, or a problem. */
type Met = { readonly path: Path; readonly spot: Spot } | { readonly problem: Problem };
type Walk = Generator<Met, unknown>;

interface Source {
  readonly document: Document;
  readonly counter: LineCounter;
}

/** Reads a parsed document. Doubled keys, keys that are not text, unknown aliases and documents that expand without bound are problems. */
export function readDocument(source: Source): Reading {
  const spots = new Map<string, Spot>();
  const problems: Problem[] = [];
  const walk = readNode(source, source.document.contents, [], undefined);
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) return { value: step.value, spots, problems };
    if ('problem' in step.value) problems.push(step.value.problem);
    else spots.set(JSON.stringify(step.value.path), step.value.spot);
    const tooLarge = 'path' in step.value ? overflow(step.value.path, spots.size) : undefined;
    if (tooLarge !== undefined) return { value: undefined, spots, problems: [tooLarge] };
  }
}

function* readNode(source: Source, node: Node | null, path: Path, key: number | undefined): Walk {
  const written = isScalar(node) ? (node.source ?? '') : undefined;
  yield { path, spot: { key, value: node?.range?.[0] ?? key ?? 0, written } };
  if (isAlias(node)) {
    const target = node.resolve(source.document);
    if (target !== undefined) return yield* readNode(source, target, path, key);
    yield { problem: unknownAlias(node.source, path) };
  }
  if (isMap(node)) return yield* readMap(source, node, path);
  if (isSeq(node)) return yield* readList(source, node, path);
  return isScalar(node) ? (node.value ?? undefined) : undefined;
}

function* readList(source: Source, list: YAMLSeq, path: Path): Walk {
  const values: unknown[] = [];
  for (const [index, item] of list.items.entries()) values.push(yield* readNode(source, asNode(item), [...path, index], undefined));
  return values;
}

function* readMap(source: Source, map: YAMLMap, path: Path): Walk {
  const entries = new Map<string, { readonly start: number; readonly value: unknown }>();
  for (const pair of map.items) {
    const key = asNode(pair.key);
    const start = key?.range?.[0] ?? 0;
    const name = isScalar(key) ? String(key.source ?? key.value) : undefined;
    const first = name === undefined ? undefined : entries.get(name);
    if (name === undefined) yield { problem: keyNotText(path, start) };
    else if (name === '__proto__') yield { problem: forbiddenKey(path, start) };
    else if (first !== undefined) yield { problem: doubledKey([...path, name], first.start, start, source.counter) };
    else entries.set(name, { start, value: yield* readNode(source, asNode(pair.value), [...path, name], start) });
  }
  // An image without keys takes everything from the defaults; any other empty key says nothing.
  const empty = path.length === 1 && path[0] === 'images' ? {} : undefined;
  return Object.fromEntries(
    [...entries].map(([name, { value }]) => [name, value ?? empty] as const).filter(([, value]) => value !== undefined),
  );
}

function asNode(value: unknown): Node | null {
  return isAlias(value) || isMap(value) || isSeq(value) || isScalar(value) ? value : null;
}

function overflow(path: Path, values: number): Problem | undefined {
  if (path.length <= DEEPEST && values <= MOST_VALUES) return undefined;
  const message =
    path.length > DEEPEST ? `values are nested more than ${DEEPEST} levels deep` : `the file expands to more than ${MOST_VALUES} values`;
  const hint = 'use fewer aliases (`*name`), or split the fleet into several files';
  return { path: path.slice(0, 2), at: 'key', code: 'MANIFEST_TOO_LARGE', message, hint };
}

function unknownAlias(name: string, path: Path): Problem {
  const hint = `mark a value above with \`&${name}\`, or put the text in quotes`;
  return { path, at: 'value', code: 'MANIFEST_SYNTAX', message: `alias ${quote(`*${name}`)} has no anchor`, hint };
}

function keyNotText(path: Path, offset: number): Problem {
  const hint = 'put the key, or a value that starts with a brace or bracket, in quotes';
  return { path, at: 'value', offset, code: 'MANIFEST_SYNTAX', message: 'a key is a mapping or list, not text', hint };
}

/** JavaScript would take it for the object's prototype; no key or name of a fleet needs it. */
function forbiddenKey(path: Path, offset: number): Problem {
  return { path, at: 'value', offset, code: 'KEY_UNKNOWN', message: 'key "__proto__" is not allowed', hint: 'choose another name' };
}

function doubledKey(path: Path, first: number, second: number, counter: LineCounter): Problem {
  const lines = `on lines ${counter.linePos(first).line} and ${counter.linePos(second).line}`;
  const name = quote(path.at(-1));
  const at = { path, at: 'key', offset: second } as const;
  return path.length === 2 && path[0] === 'images'
    ? { ...at, code: 'IMAGE_DUPLICATE', message: `image ${name} is defined twice, ${lines}`, hint: 'rename one of them, or remove it' }
    : { ...at, code: 'KEY_DUPLICATE', message: `key ${name} is set twice, ${lines}`, hint: 'keep one of them' };
}
