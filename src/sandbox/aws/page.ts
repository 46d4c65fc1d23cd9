import { AwsError } from './error.ts';
import type { QueryRequest } from './query-request.ts';

/** One page and the token that continues after it; without `MaxResults` everything is on one page. Throws InvalidParameterValue. */
export function pageOf<Item>(
  items: readonly Item[],
  { fields }: QueryRequest,
): { readonly items: readonly Item[]; readonly nextToken: string | undefined } {
  const start = startOf(fields.get('NextToken'));
  const end = start + sizeOf(fields.get('MaxResults'), items.length);
  return { items: items.slice(start, end), nextToken: end < items.length ? tokenOf(end) : undefined };
}

function sizeOf(text: string | undefined, everything: number): number {
  if (text === undefined) return everything;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 1000) return size;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ( ${text} ) for parameter maxResults is invalid. Expecting a value between 1 and 1000.`,
  );
}

function tokenOf(start: number): string {
  return Buffer.from(`from:${start}`).toString('base64url');
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const [, start] = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (start === undefined) throw new AwsError('InvalidParameterValue', 'Invalid value for parameter nextToken');
  return Number(start);
}
