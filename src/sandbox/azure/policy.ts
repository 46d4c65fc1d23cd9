import type { HttpRequest, JsonObject } from '../http.ts';
import type { PolicySeed } from '../world/seed.ts';
import { ArmError } from './errors.ts';
import { isObject, textAt } from './json-path.ts';
import type { World } from './world.ts';

/** The policies that a resource breaks: tags that it lacks, or a type that is forbidden. */
export function brokenPolicies(type: string, resource: JsonObject, world: World): readonly PolicySeed[] {
  const tags = isObject(resource.tags) ? resource.tags : {};
  return world.seed.account.policies.filter(
    ({ requiredTag, deniedType }) =>
      (requiredTag !== undefined && !Object.keys(tags).some((name) => name.toLowerCase() === requiredTag.toLowerCase())) ||
      deniedType?.toLowerCase() === type.toLowerCase(),
  );
}

/** Ids that Azure names a policy by. */
export function policyInfo({ name }: PolicySeed, world: World): JsonObject {
  const root = `/subscriptions/${world.subscription}/providers/Microsoft.Authorization`;
  return {
    policyDefinitionId: `${root}/policyDefinitions/${name}`,
    policyAssignmentId: `${root}/policyAssignments/${name}`,
    policyAssignmentName: name,
  };
}

/** Checks a write that makes a resource with tags. Throws RequestDisallowedByPolicy. */
export function requirePolicy(request: HttpRequest, id: string, body: unknown, world: World): void {
  if (request.method !== 'PUT' || !isObject(body) || textAt(body, 'location') === undefined) return;
  const type = typeOf(id);
  const broken = brokenPolicies(type, body, world);
  if (broken.length === 0) return;
  const names = broken.map(({ name }) => name).join(', ');
  const message = `Resource '${id.split('/').at(-1)}' was disallowed by policy. Policy identifiers: '${names}'.`;
  throw new ArmError(403, { code: 'RequestDisallowedByPolicy', message, target: id.split('/').at(-1) ?? id });
}

/** `…/providers/A.B/types/name/kinds/name` is `A.B/types/kinds`; a group has no provider. */
function typeOf(id: string): string {
  const [, rest] = id.split(/\/providers\/(?=[^/]+\/)/);
  if (rest === undefined) return 'Microsoft.Resources/subscriptions/resourceGroups';
  const [namespace, ...segments] = rest.split('/');
  return [namespace, ...segments.filter((_, index) => index % 2 === 0)].join('/');
}
