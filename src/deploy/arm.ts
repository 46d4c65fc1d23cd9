import type { Entry, Parameter, Resource, Template, Value } from './template.ts';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

const SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const TYPES = { text: 'string', secret: 'securestring', number: 'int' } as const;

/** The template as ARM JSON, in which comments are no JSON: reasons stand under `metadata`, by the path of their value. */
export function armTemplate(template: Template): string {
  const { title, notes, parameters, resources } = template;
  const reasons = Object.fromEntries(
    resources.flatMap(({ symbol, location, body }) => [location, ...body].flatMap((one) => reasonsIn(one, symbol))),
  );
  const body = {
    $schema: SCHEMA,
    contentVersion: '1.0.0.0',
    metadata: { description: armText(title), ...(notes.length > 0 && { notes: notes.map(armText) }), reasons },
    parameters: Object.fromEntries(parameters.map((one) => [one.name, parameterJson(one)])),
    resources: resources.map((resource) => resourceJson(resource, resources)),
  };
  return `${JSON.stringify(body, null, 2)}\n`;
}

/** A text that Resource Manager takes as it is: one in brackets would be an expression. Source: template-expressions, escape characters. */
export function armText(value: string): string {
  return value.startsWith('[') && value.endsWith(']') ? `[${value}` : value;
}

/** A text as a literal within an expression. */
export function armLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function parameterJson({ type, default: value, description }: Parameter): Json {
  const given = typeof value === 'string' ? armText(value) : value;
  return { type: TYPES[type], ...(given !== undefined && { defaultValue: given }), metadata: { description: armText(description) } };
}

function resourceJson({ type, apiVersion, name, location, body, after }: Resource, all: readonly Resource[]): Json {
  return {
    type,
    apiVersion,
    name: json(name, all),
    location: json(location.value, all),
    ...(after.length > 0 && { dependsOn: after.map((symbol) => idOf(symbol, all)) }),
    ...fields(body, all),
  };
}

function fields(entries: readonly Entry[], all: readonly Resource[]): { readonly [key: string]: Json } {
  return Object.fromEntries(entries.flatMap(({ key, value }) => (value === undefined ? [] : [[key, json(value, all)]])));
}

function json(value: Value, all: readonly Resource[]): Json {
  switch (value.kind) {
    case 'text':
      return armText(value.text);
    case 'number':
      return value.number;
    case 'truth':
      return value.truth;
    case 'list':
      return value.items.map((item) => json(item, all));
    case 'object':
      return fields(value.entries, all);
    case 'parameter':
      return `[${parameterOf(value.name)}]`;
    case 'id-of':
      return idOf(value.resource, all);
    case 'joined':
      return `[${joinedParts(value)}]`;
  }
}

function joinedParts({ parts }: Extract<Value, { kind: 'joined' }>): string {
  return `concat(${parts.map((part) => (typeof part === 'string' ? armLiteral(part) : parameterOf(part.parameter))).join(', ')})`;
}

function parameterOf(name: string): string {
  return `parameters(${armLiteral(name)})`;
}

/** Names of resources are a parameter, or joined of one. */
function idOf(symbol: string, all: readonly Resource[]): string {
  const found = all.find((resource) => resource.symbol === symbol);
  const name =
    found?.name.kind === 'joined' ? joinedParts(found.name) : parameterOf(found?.name.kind === 'parameter' ? found.name.name : symbol);
  return `[resourceId(${armLiteral(found?.type ?? '')}, ${name})]`;
}

/** Reasons of a property and of everything in it, by path. */
function reasonsIn({ key, value, reason }: Entry, above: string): readonly (readonly [string, Json])[] {
  const path = `${above}.${key}`;
  return [...(reason === undefined ? [] : [[path, armText(reason)] as const]), ...(value === undefined ? [] : reasonsOf(value, path))];
}

function reasonsOf(value: Value, path: string): readonly (readonly [string, Json])[] {
  if (value.kind === 'object') return value.entries.flatMap((one) => reasonsIn(one, path));
  if (value.kind === 'list') return value.items.flatMap((item, index) => reasonsOf(item, `${path}[${index}]`));
  return [];
}
