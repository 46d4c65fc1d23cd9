import { armError } from '../../errors.ts';

/** A parsed template expression: a literal, or a function call whose result may be looked into with `.name`. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[]; readonly path: readonly string[] };

interface Parsed {
  readonly expression: Expression;
  readonly rest: readonly string[];
}

const TOKEN = /'(?:[^']|'')*'|-?\d+|[A-Za-z_]\w*|[(),.]|\s+|./g;

/** Parses what stands between the brackets of `"[…]"`. Throws InvalidTemplate. */
export function parseExpression(text: string): Expression {
  const tokens = (text.match(TOKEN) ?? []).filter((token) => token.trim() !== '');
  const { expression, rest } = parse(tokens, text);
  if (rest.length > 0) throw invalid(text, rest[0]);
  return expression;
}

function parse([token, ...rest]: readonly string[], text: string): Parsed {
  if (token?.startsWith("'") && token.length > 1)
    return { expression: { kind: 'literal', value: token.slice(1, -1).replaceAll("''", "'") }, rest };
  if (token !== undefined && /^-?\d+$/.test(token)) return { expression: { kind: 'literal', value: Number(token) }, rest };
  if (token === undefined || !/^[A-Za-z_]/.test(token) || rest[0] !== '(') throw invalid(text, token);
  return parseCall(token, rest.slice(1), text);
}

function parseCall(name: string, tokens: readonly string[], text: string): Parsed {
  const given: Expression[] = [];
  let left = tokens;
  while (left[0] !== ')') {
    const { expression, rest } = parse(left, text);
    given.push(expression);
    if (rest[0] !== ',' && rest[0] !== ')') throw invalid(text, rest[0]);
    left = rest[0] === ',' ? rest.slice(1) : rest;
  }
  const { path, rest } = parsePath(left.slice(1), text);
  return { expression: { kind: 'call', name, arguments: given, path }, rest };
}

function parsePath(tokens: readonly string[], text: string): { readonly path: readonly string[]; readonly rest: readonly string[] } {
  if (tokens[0] !== '.') return { path: [], rest: tokens };
  const [, name, ...rest] = tokens;
  if (name === undefined || !/^[A-Za-z_]/.test(name)) throw invalid(text, name);
  const further = parsePath(rest, text);
  return { path: [name, ...further.path], rest: further.rest };
}

function invalid(text: string, token: string | undefined): Error {
  const message = `Unable to process template language expression '[${text}]': unexpected '${token ?? 'end'}'.`;
  return armError(400, 'InvalidTemplate', `Deployment template validation failed: '${message}'`);
}
