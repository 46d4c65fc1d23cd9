import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import { parsedJson } from '../../parsed-json.ts';

/**
 * Refuses a page whose next one was read already: a list that leads back into itself would be read for ever. Holds for every paged list of Resource
 * Manager, whichever SDK reads it (`nextLink`, github.com/microsoft/api-guidelines: collections).
 */
export function listsThatEnd(): PipelinePolicy {
  /** The pages before each one that is still to be read, by its address. */
  const before = new Map<string, ReadonlySet<string>>();
  return {
    name: 'listsThatEnd',
    async sendRequest(request, next) {
      const response = await next(request);
      const link = request.method === 'GET' ? nextLink(response) : undefined;
      const read = new Set([...(before.get(request.url) ?? []), request.url]);
      before.delete(request.url);
      if (link === undefined) return response;
      if (read.has(link)) {
        const { RestError } = await import('@azure/core-rest-pipeline');
        throw new RestError(`the list never ends: after ${read.size} pages it begins again`, { code: 'ENDLESS_LIST', request });
      }
      before.set(link, read);
      return response;
    },
  };
}

function nextLink({ bodyAsText: text }: PipelineResponse): string | undefined {
  if (!text?.includes('"nextLink"')) return undefined;
  const answer = parsedJson(text);
  const link = typeof answer === 'object' && answer !== null && 'nextLink' in answer ? answer.nextLink : undefined;
  return typeof link === 'string' && link !== '' ? link : undefined;
}
