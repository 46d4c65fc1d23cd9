import type { Json, JsonObject } from '../../../http.ts';
import { armError } from '../../errors.ts';
import { groupId } from '../../ids.ts';
import { isObject } from '../../json-path.ts';

/** What expressions may refer to. */
export interface Scope {
  readonly subscription: string;
  readonly group: { readonly id: string; readonly name: string; readonly location: string };
  readonly parameters: JsonObject;
  readonly variables: (name: string) => Json | undefined;
}

type Call = (given: readonly Json[], scope: Scope) => Json;

/** The template functions that build VM templates use (learn.microsoft.com/azure/azure-resource-manager/templates/template-functions). Names do not mind case. */
const FUNCTIONS: Readonly<Record<string, Call>> = {
  concat: (given) => (given.every((one) => Array.isArray(one)) ? given.flat() : given.map((one) => text(one)).join('')),
  parameters: ([name], { parameters }) => known(parameters[text(name)], 'parameter', text(name)),
  variables: ([name], { variables }) => known(variables(text(name)), 'variable', text(name)),
  resourcegroup: (_, { group }) => ({ ...group }),
  subscription: (_, { subscription }) => ({ id: `/subscriptions/${subscription}`, subscriptionId: subscription }),
  resourceid: (given, scope) => resourceIdOf(given.map(text), scope),
  not: ([value]) => value !== true,
  and: (given) => given.every((one) => one === true),
  or: (given) => given.some((one) => one === true),
  empty: ([value]) => isEmpty(value),
  equals: ([one, other]) => JSON.stringify(one) === JSON.stringify(other),
  if: ([condition, one, other]) => (condition === true ? (one ?? null) : (other ?? null)),
  string: ([value]) => (typeof value === 'string' ? value : JSON.stringify(value)),
  tolower: ([value]) => text(value).toLowerCase(),
  toupper: ([value]) => text(value).toUpperCase(),
  format: ([pattern, ...given]) => formatted(text(pattern), given),
};

/** Calls a template function. Throws InvalidTemplate for an unknown one. */
export function callFunction(name: string, given: readonly Json[], scope: Scope): Json {
  const key = name.toLowerCase();
  const found = Object.hasOwn(FUNCTIONS, key) ? FUNCTIONS[key] : undefined;
  if (found) return found(given, scope);
  throw armError(400, 'InvalidTemplate', `Deployment template validation failed: 'The template function '${name}' is not valid.'`);
}

function resourceIdOf(given: readonly string[], { subscription, group }: Scope): string {
  const index = given.findIndex((one) => one.includes('/'));
  const [namespace = '', ...types] = (given[index] ?? '').split('/').filter((segment) => segment !== '');
  const names = given.slice(index + 1).flatMap((name) => name.split('/'));
  const before = given.slice(0, Math.max(index, 0));
  const root = groupId(before.length > 1 ? (before[0] ?? '') : subscription, before.at(-1) ?? group.name);
  return `${root}/providers/${namespace}/${types.map((type, position) => `${type}/${names[position] ?? ''}`).join('/')}`;
}

/** .NET's composite format without format strings: `{0}` is an argument, `{{` and `}}` are braces. */
function formatted(pattern: string, given: readonly Json[]): string {
  return pattern.replace(/\{\{|\}\}|\{(\d+)(?:[,:][^}]*)?\}/g, (found, index?: string) =>
    index === undefined ? found.slice(1) : text(given[Number(index)]),
  );
}

function isEmpty(value: Json | undefined): boolean {
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function known(value: Json | undefined, kind: string, name: string): Json {
  if (value !== undefined) return value;
  throw armError(400, 'InvalidTemplate', `Deployment template validation failed: 'The template ${kind} '${name}' is not found.'`);
}
