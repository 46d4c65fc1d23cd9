import { matchesWildcard } from '../../model/wildcard.ts';
import { AwsError } from './error.ts';
import type { Filter } from './query-request.ts';

/** The filters that the sandbox knows for a kind of resource, and the field that each one reads. */
export type FilterFields<Item> = Readonly<Record<string, (item: Item) => string>>;

/** The items that pass every filter; within one filter any value will do. Throws InvalidParameterValue for an unknown filter. */
export function passFilters<Item>(items: readonly Item[], filters: readonly Filter[], fields: FilterFields<Item>): readonly Item[] {
  const known = filters.map(({ name, values }) => ({ field: fieldOf(name, fields), values }));
  return items.filter((item) => known.every(({ field, values }) => values.some((pattern) => matchesWildcard(pattern, field(item)))));
}

function fieldOf<Item>(name: string, fields: FilterFields<Item>): (item: Item) => string {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
  return field;
}
