import type { Json, JsonObject } from '../../../http.ts';
import { armError } from '../../errors.ts';
import { at, isObject, listAt, objectAt, textAt } from '../../json-path.ts';
import { type Expression, parseExpression } from './expression.ts';
import { callFunction, type Scope } from './functions.ts';

/** One resource of a template, with every expression worked out. */
export interface TemplateResource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
  /** Ids, or `type/name` in short. */
  readonly dependsOn: readonly string[];
}

/** The resources of a template whose condition holds, those that others depend on first. Throws InvalidTemplate. */
export function templateResources(
  template: unknown,
  given: unknown,
  where: Pick<Scope, 'subscription' | 'group'>,
): readonly TemplateResource[] {
  const scope = scopeOf(template, given, where);
  const wanted = listAt(template, 'resources').filter((resource) => evaluate(objectAt(resource).condition ?? true, scope) === true);
  return inOrder(wanted.map((resource) => resourceOf(resource, scope)));
}

/** The parameters as the deployment shows them: values of secure ones are left out. */
export function shownParameters(template: unknown, given: unknown): JsonObject {
  const names = Object.entries(objectAt(template, 'parameters'));
  return Object.fromEntries(
    names.map(([name, declared]) => {
      const type = textAt(declared, 'type') ?? 'string';
      const value = parameterValue(name, declared, given);
      return [name, { type, ...(!/^secure/i.test(type) && value !== undefined && { value }) }];
    }),
  );
}

function scopeOf(template: unknown, given: unknown, where: Pick<Scope, 'subscription' | 'group'>): Scope {
  const declared = Object.entries(objectAt(template, 'parameters'));
  const parameters = Object.fromEntries(declared.map(([name, one]) => [name, requireParameter(name, one, given)]));
  const variables = objectAt(template, 'variables');
  const scope: Scope = {
    ...where,
    parameters,
    variables: (name) => (variables[name] === undefined ? undefined : evaluate(variables[name], scope)),
  };
  return scope;
}

function requireParameter(name: string, declared: Json | undefined, given: unknown): Json {
  const value = parameterValue(name, declared, given);
  if (value !== undefined) return value;
  throw armError(
    400,
    'InvalidTemplate',
    `Deployment template validation failed: 'The value for the template parameter '${name}' is not provided.'`,
  );
}

function parameterValue(name: string, declared: unknown, given: unknown): Json | undefined {
  return objectAt(given, name).value ?? objectAt(declared).defaultValue;
}

function resourceOf(resource: Json, scope: Scope): TemplateResource {
  const { condition: _, apiVersion: __, dependsOn, comments: ___, ...own } = objectAt(resource);
  const body = objectAt(evaluate(own, scope));
  const [type, name] = [textAt(body, 'type') ?? '', textAt(body, 'name') ?? ''];
  const id = callFunction('resourceId', [type, ...name.split('/')], scope);
  const dependencies = listAt({ dependsOn }, 'dependsOn').map((one) => String(evaluate(one, scope)));
  const { type: ____, name: _____, ...rest } = body;
  return { id: String(id), type, name, body: rest, dependsOn: dependencies };
}

function evaluate(value: Json | undefined, scope: Scope): Json {
  if (typeof value === 'string') return evaluateText(value, scope);
  if (Array.isArray(value)) return value.map((one: Json) => evaluate(one, scope));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, evaluate(one, scope)]));
  return value ?? null;
}

function evaluateText(text: string, scope: Scope): Json {
  if (!text.startsWith('[') || !text.endsWith(']')) return text;
  return text.startsWith('[[') ? text.slice(1) : run(parseExpression(text.slice(1, -1)), scope);
}

function run(expression: Expression, scope: Scope): Json {
  if (expression.kind === 'literal') return expression.value;
  const result = callFunction(
    expression.name,
    expression.arguments.map((one) => run(one, scope)),
    scope,
  );
  return expression.path.length === 0 ? result : json(at(result, ...expression.path));
}

function json(value: unknown): Json {
  return isObject(value) || Array.isArray(value) || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null;
}

function inOrder(resources: readonly TemplateResource[], done: readonly TemplateResource[] = []): readonly TemplateResource[] {
  if (resources.length === 0) return done;
  const ready = resources.filter(({ dependsOn }) => !dependsOn.some((needed) => resources.some((other) => matches(other, needed))));
  if (ready.length === 0) throw armError(400, 'InvalidTemplate', "Deployment template validation failed: 'Circular dependency detected.'");
  return inOrder(
    resources.filter((one) => !ready.includes(one)),
    [...done, ...ready],
  );
}

function matches({ id, type, name }: TemplateResource, needed: string): boolean {
  const wanted = needed.toLowerCase();
  return id.toLowerCase() === wanted || `${type}/${name}`.toLowerCase() === wanted || name.toLowerCase() === wanted;
}
