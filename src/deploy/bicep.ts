import { commentText } from './comment.ts';
import { indented, type Printed, printEntries } from './print.ts';
import type { Parameter, Resource, Template, Value } from './template.ts';

const TYPES = { text: 'string', secret: 'string', number: 'int' } as const;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The template in Bicep. */
export function bicepTemplate({ title, notes, parameters, resources }: Template): string {
  const head = [title, ...notes].map((line) => `// ${commentText(line)}`).join('\n');
  return `${[head, ...parameters.map(parameterText), ...resources.map(resourceText)].join('\n\n')}\n`;
}

/** A value as a single-quoted string that stands for exactly that value: `${` does not interpolate. Source: Bicep data types, strings. */
export function bicepString(value: string): string {
  return `'${bicepInside(value)}'`;
}

function bicepInside(value: string): string {
  return value
    .toWellFormed()
    .replace(/[\\'\n\r\t]/g, (character) => ESCAPES[character] ?? character)
    .replace(/\$(?=\{)/g, () => '\\$')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function parameterText({ name, type, default: value, description }: Parameter): string {
  const given = value === undefined ? '' : ` = ${typeof value === 'string' ? bicepString(value) : value}`;
  return [
    `@description(${bicepString(description)})`,
    ...(type === 'secret' ? ['@secure()'] : []),
    `param ${name} ${TYPES[type]}${given}`,
  ].join('\n');
}

function resourceText({ symbol, type, apiVersion, name, location, body }: Resource): string {
  const entries = [{ key: 'name', value: name }, location, ...body];
  return `resource ${symbol} ${bicepString(`${type}@${apiVersion}`)} = {\n${indented(printEntries(entries, BICEP))}\n}`;
}

const BICEP: Printed = { comment: '//', assign: (key, value) => `${key}: ${value}`, write: written };

function written(value: Value): string {
  switch (value.kind) {
    case 'text':
      return bicepString(value.text);
    case 'number':
      return String(value.number);
    case 'truth':
      return String(value.truth);
    case 'list':
      return value.items.length === 0 ? '[]' : `[\n${indented(value.items.map(written).join('\n'))}\n]`;
    case 'object':
      return `{\n${indented(printEntries(value.entries, BICEP))}\n}`;
    case 'parameter':
      return value.name;
    case 'id-of':
      return `${value.resource}.id`;
    case 'joined':
      return `'${value.parts.map((part) => (typeof part === 'string' ? bicepInside(part) : `\${${part.parameter}}`)).join('')}'`;
  }
}
