import { stripTypeScriptTypes } from 'node:module';
import { type Node, parse } from 'acorn';

/** One small fault: what stands between two offsets of a text, and what is to stand there. */
export interface Mutant {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** Name of the rule that made it. */
  readonly rule: string;
}

/** A fault of one file of the program, by its path below the repository. */
export interface PlacedMutant extends Mutant {
  readonly file: string;
}

const OTHER: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '-': '+',
  '*': '/',
};
const OTHER_METHOD: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  findLast: 'find',
  max: 'min',
  min: 'max',
};
/** Calls whose receiver is a value of the same type. */
const DROPPED = new Set(['filter', 'toSorted', 'toReversed', 'slice', 'trim', 'toLowerCase']);

/**
 * Every fault that the rules below make of a module, in the order of its text: conditions that always or never hold, one half of a condition, another
 * comparison, another end of a range, a call left out. What stands behind `??` is left alone: most of it only calms the types.
 */
export function mutantsOf(text: string): readonly Mutant[] {
  // Types become blanks, so that offsets stay those of the text.
  const tree = parse(stripTypeScriptTypes(text), { ecmaVersion: 'latest', sourceType: 'module' });
  return nodesOf(tree)
    .flatMap((node) => faultsOf(node, (part) => text.slice(part.start, part.end)))
    .toSorted((one, other) => one.start - other.start || one.end - other.end);
}

type Any = Node & Readonly<Record<string, unknown>>;

function nodesOf(node: Node): readonly Any[] {
  const below = Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode));
  return [node as Any, ...below.flatMap(nodesOf)];
}

function isNode(value: unknown): value is Any {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function faultsOf(node: Any, textOf: (part: Pick<Node, 'start' | 'end'>) => string): readonly Mutant[] {
  const { start, end } = node;
  const instead = (rule: string, replacement: string): Mutant => ({ start, end, replacement, rule });
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return isNode(node.test) ? [always(node.test, 'true'), always(node.test, 'false')] : [];
    case 'LogicalExpression':
      if (node.operator === '??' || !isNode(node.left) || !isNode(node.right)) return [];
      return [instead('left half', textOf(node.left)), instead('right half', textOf(node.right))];
    case 'UnaryExpression':
      return node.operator === '!' && isNode(node.argument) ? [instead('not', textOf(node.argument))] : [];
    case 'BinaryExpression':
      return comparison(node, textOf);
    case 'CallExpression':
      return isNode(node.callee) ? call(node, node.callee, textOf) : [];
    case 'ArrowFunctionExpression':
      return isNode(node.body) && node.body.type === 'LogicalExpression' ? [always(node.body, 'true'), always(node.body, 'false')] : [];
    default:
      return [];
  }
}

function always({ start, end }: Node, replacement: string): Mutant {
  return { start, end, replacement, rule: replacement === 'true' ? 'always' : 'never' };
}

function comparison({ operator, left, right }: Any, textOf: (part: Pick<Node, 'start' | 'end'>) => string): readonly Mutant[] {
  const other = OTHER[String(operator)];
  if (other === undefined || !isNode(left) || !isNode(right)) return [];
  // Brackets may stand between the sides too.
  const start = left.end + textOf({ start: left.end, end: right.start }).indexOf(String(operator));
  return [{ start, end: start + String(operator).length, replacement: other, rule: `${operator} as ${other}` }];
}

function call({ end }: Any, callee: Any, textOf: (part: Pick<Node, 'start' | 'end'>) => string): readonly Mutant[] {
  if (callee.type !== 'MemberExpression' || !isNode(callee.property) || !isNode(callee.object)) return [];
  const { property, object } = callee;
  const name = textOf(property);
  const other = OTHER_METHOD[name];
  if (other !== undefined) return [{ start: property.start, end: property.end, replacement: other, rule: `${name} as ${other}` }];
  return DROPPED.has(name) ? [{ start: object.end, end, replacement: '', rule: `without ${name}` }] : [];
}
