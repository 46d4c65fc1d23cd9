import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import * as z from 'zod';
import type { Clock } from '../../../ports.ts';
import { parsedJson } from '../../parsed-json.ts';
import type { RequireInTime } from './operation-limit.ts';
import type { Outlast } from './outlast.ts';

/** Where a service says that its operation is to be looked at (ARM's asynchronous operations; RFC 9110, section 10.2.2). */
const LINKS = ['azure-asyncoperation', 'operation-location', 'location'] as const;
/** The status of an operation that was cancelled, in both spellings that core-lro takes. */
const Cancelled = z.object({
  status: z.string().regex(/^cancell?ed$/i),
  error: z.object({ code: z.string().optional(), message: z.string().optional() }).optional().catch(undefined),
});
const VERSION = /\/galleries\/[^/]+\/images\/[^/]+\/versions\/[^/]+$/i;

/** An operation by the request that began it. */
interface Operation {
  /** For example `PUT versions/1.0.0`. */
  readonly name: string;
  readonly kind: 'replication' | 'operation';
  /** Milliseconds since 1970. */
  readonly started: number;
  /** Begun after the run was cancelled, to clean up. */
  readonly cleanup: boolean;
}

export interface Following {
  readonly outlast: Outlast;
  readonly clock: Clock;
  readonly requireInTime: RequireInTime;
  /** The run's. */
  readonly cancelled: AbortSignal | undefined;
}

/**
 * Looks at operations that a service named in an answer go on through an outage (core-lro takes an operation for failed when one look at it fails),
 * but not past the operation's limit, nor past the end of a run that is cancelled. Throws TIMED_OUT.
 */
export function followOperations({ outlast, clock, requireInTime, cancelled }: Following): PipelinePolicy {
  const operations = new Map<string, Operation>();
  const now = () => clock.now().getTime();
  return {
    name: 'followOperations',
    async sendRequest(request, next) {
      const known = request.method === 'GET' ? operations.get(pathOf(request.url)) : undefined;
      if (known && !known.cleanup) cancelled?.throwIfAborted();
      if (known) requireInTime(now() - known.started, `the operation ${known.name}`, known.kind);
      const response = known ? await outlast(request.abortSignal as AbortSignal | undefined, () => next(request)) : await next(request);
      const operation = known ?? { ...operationOf(request), started: now(), cleanup: cancelled?.aborted ?? false };
      for (const link of linksIn(response)) if (!operations.has(link)) operations.set(link, operation);
      return known ? tellingCancelled(response) : response;
    },
  };
}

/** What a request begins, and how long that may take. */
export function operationOf({ method, url }: Pick<PipelineRequest, 'method' | 'url'>): Pick<Operation, 'name' | 'kind'> {
  const path = new URL(url).pathname;
  return { name: `${method} ${path.split('/').slice(-2).join('/')}`, kind: VERSION.test(path) ? 'replication' : 'operation' };
}

/** An operation that was ended in Azure, told as one that failed: core-lro has the result read of one that is cancelled, and there is none. */
function tellingCancelled(response: PipelineResponse): PipelineResponse {
  const { data } = Cancelled.safeParse(parsedJson(response.bodyAsText ?? ''));
  if (data === undefined) return response;
  const { code = 'Canceled', message = 'no reason is given' } = data.error ?? {};
  const error = { code, message: `it was cancelled in Azure: ${message}` };
  return { ...response, bodyAsText: JSON.stringify({ status: 'Failed', error }) };
}

function linksIn({ headers, request }: PipelineResponse): readonly string[] {
  return LINKS.map((name) => headers.get(name))
    .filter((link) => link !== undefined && URL.canParse(link, request.url))
    .map((link) => pathOf(new URL(String(link), request.url).href));
}

/** The SDKs add an api-version where the link has none. */
function pathOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
