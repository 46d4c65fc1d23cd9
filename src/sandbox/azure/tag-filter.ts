import type { JsonObject } from '../http.ts';
import { armError } from './errors.ts';

/** Whether a resource passes ARM's `$filter`: `tagName eq 'a' and tagValue eq 'b'`, `resourceType eq 'c'`, `resourceGroup eq 'd'`, or none. Other filters are a 400. */
export function matchesTagFilter(resource: JsonObject, filter: string | null): boolean {
  if (!filter) return true;
  const terms = filter.split(/\s+and\s+/i).map(term);
  const value = (name: string) => terms.find(([key]) => key === name)?.[1];
  const tags = Object.entries(typeof resource.tags === 'object' && resource.tags !== null ? resource.tags : {});
  const [name, text, type, group] = [value('tagname'), value('tagvalue'), value('resourcetype'), value('resourcegroup')];
  return (
    (name === undefined || tags.some(([key, tag]) => key.toLowerCase() === name.toLowerCase() && (text === undefined || tag === text))) &&
    (type === undefined || String(resource.type).toLowerCase() === type.toLowerCase()) &&
    (group === undefined || String(resource.id).toLowerCase().includes(`/resourcegroups/${group.toLowerCase()}/`))
  );
}

function term(text: string): readonly [string, string] {
  const found = /^(tagname|tagvalue|resourcetype|resourcegroup)\s+eq\s+'((?:[^']|'')*)'$/i.exec(text.trim());
  if (!found) throw armError(400, 'InvalidFilterInQueryString', `Invalid $filter '${text}' specified in the query string.`, '$filter');
  return [(found[1] ?? '').toLowerCase(), (found[2] ?? '').replaceAll("''", "'")];
}
