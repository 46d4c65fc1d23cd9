import * as z from 'zod';
import type { HttpResponse, JsonObject } from '../../http.ts';
import { RESOURCE_GRAPH } from '../api-versions.ts';
import { readBody } from '../body.ts';
import { armError } from '../errors.ts';
import { objectAt, textAt } from '../json-path.ts';
import type { Call, Route } from '../router.ts';
import type { Stored } from '../store.ts';
import type { World } from '../world.ts';

const QueryRequest = z.object({
  query: z.string(),
  subscriptions: z.array(z.string()).optional(),
  options: z
    .object({
      $skipToken: z.string().optional(),
      $top: z.int().min(1).max(1000).optional(),
      resultFormat: z.enum(['table', 'objectArray']).optional(),
    })
    .optional(),
});

const TYPES = ['microsoft.compute/virtualmachines', 'microsoft.compute/virtualmachinescalesets'];

/** Azure Resource Graph, after the description of 2022-10-01. It knows one kind of question: which machines were made from images whose ids begin so. */
export function resourceGraphRoutes(): readonly Route[] {
  return [{ method: 'POST', path: '/providers/Microsoft.ResourceGraph/resources', versions: RESOURCE_GRAPH, handle: query }];
}

function query(call: Call, world: World): HttpResponse {
  const { query: text, options = {} } = readBody(call, QueryRequest);
  const starts = [...text.matchAll(/\bimage startswith '((?:[^'\\]|\\.)*)'/g)].map(([, start = '']) =>
    start.replaceAll(/\\(.)/g, '$1').toLowerCase(),
  );
  if (!/^resources\s*\|/i.test(text.trim()) || starts.length === 0) throw unknownQuery();
  const rows = world.resources.below(`/subscriptions/${world.subscription}`).flatMap((stored) => rowOf(stored, starts) ?? []);
  const sorted = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const from = Number(options.$skipToken ?? 0);
  const page = sorted.slice(from, from + (options.$top ?? 100));
  const next = from + page.length;
  return {
    status: 200,
    body: {
      totalRecords: sorted.length,
      count: page.length,
      data: page.map((row) => ({ ...row })),
      facets: [],
      resultTruncated: next < sorted.length ? 'true' : 'false',
      ...(next < sorted.length && { $skipToken: String(next) }),
    },
  };
}

interface Row extends JsonObject {
  readonly id: string;
}

function rowOf({ id, body }: Stored, starts: readonly string[]): Row | undefined {
  const type = textAt(body, 'type')?.toLowerCase() ?? '';
  if (!TYPES.includes(type)) return undefined;
  const model = type === TYPES[0] ? objectAt(body, 'properties') : objectAt(body, 'properties', 'virtualMachineProfile');
  const reference = objectAt(model, 'storageProfile', 'imageReference');
  const image = (textAt(reference, 'id') ?? '').toLowerCase();
  if (!starts.some((start) => image.startsWith(start))) return undefined;
  return {
    id,
    name: textAt(body, 'name') ?? '',
    type,
    location: textAt(body, 'location') ?? '',
    image,
    exact: textAt(reference, 'exactVersion') ?? '',
  };
}

function unknownQuery(): Error {
  const message =
    "Please provide below info when asking for support: the sandbox reads no query language. It knows which machines use images: resources | … | where image startswith '…'";
  return armError(400, 'BadRequest', message);
}
