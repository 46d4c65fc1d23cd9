import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Outlast } from './outlast.ts';

/** Where a service says that its operation is to be looked at (ARM's asynchronous operations; RFC 9110, section 10.2.2). */
const LINKS = ['azure-asyncoperation', 'operation-location', 'location'] as const;

/** Looks at operations that a service named in an answer go on through an outage; core-lro takes an operation for failed when one look at it fails. */
export function followOperations(outlast: Outlast): PipelinePolicy {
  const operations = new Set<string>();
  return {
    name: 'followOperations',
    async sendRequest(request, next) {
      const isLook = request.method === 'GET' && operations.has(pathOf(request.url));
      const response = isLook ? await outlast(request.abortSignal as AbortSignal | undefined, () => next(request)) : await next(request);
      for (const link of linksIn(response)) operations.add(link);
      return response;
    },
  };
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
