import type { Json, JsonObject } from '../../../http.ts';
import { isObject } from '../../json-path.ts';

/** Properties that an older description does not know, and the api-version that brought them. */
const SINCE: Readonly<Record<string, string>> = {
  allowUpdateImage: '2024-03-03',
  startsAtVersion: '2024-03-03',
  blockDeletionBeforeEndOfLife: '2024-03-03',
  additionalReplicaSets: '2024-03-03',
  storageAccountStrategy: '2025-12-03',
};

/** A resource as an api-version shows it: without what that version did not have. */
export function forVersion(resource: JsonObject, apiVersion: string): JsonObject {
  return Object.fromEntries(
    Object.entries(resource)
      .filter(([name]) => apiVersion >= (SINCE[name] ?? ''))
      .map(([name, value]) => [name, name === 'tags' ? value : shown(value, apiVersion)]),
  );
}

function shown(value: Json | undefined, apiVersion: string): Json | undefined {
  if (isObject(value)) return forVersion(value, apiVersion);
  return Array.isArray(value) ? value.map((each: Json) => shown(each, apiVersion) ?? null) : value;
}
