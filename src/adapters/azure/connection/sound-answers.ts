import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';

/** An answer that ended in the middle, as core-rest-pipeline words it. */
const CUT_OFF = /^Error reading response as text/;
/** Paths of Resource Manager (learn.microsoft.com/rest/api/azure: components of a request). */
const RESOURCE_MANAGER = /^\/(?:subscriptions|providers)(?:\/|$)/i;
/** Of the codes that the SDK tries again by itself (core-rest-pipeline, exponentialRetryStrategy) the one for a connection that broke. */
const BROKEN = 'ECONNRESET';
/** Of the codes that it does not, those of a network that is away for a moment (errno.h; getaddrinfo). */
const AWAY: readonly (string | undefined)[] = ['EAI_AGAIN', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ECONNABORTED'];

/**
 * Takes a network that is away for a moment, an answer that was cut off, or that somebody else gave (a captive portal, a proxy: a page where Resource Manager gives JSON), for a connection
 * that broke: it is tried again like one. What blobs and
 * consoles hold may be anything.
 */
export function soundAnswers(): PipelinePolicy {
  return {
    name: 'soundAnswers',
    async sendRequest(request, next) {
      const { RestError } = await import('@azure/core-rest-pipeline');
      const broken = (said: string) => new RestError(said, { code: BROKEN, request });
      const response = await next(request).catch((error: unknown) => {
        if (!(error instanceof RestError)) throw error;
        if (error.code === 'PARSE_ERROR' && CUT_OFF.test(error.message)) throw broken('the answer was cut off');
        throw AWAY.includes(error.code) ? broken(error.message) : error;
      });
      const foreign = RESOURCE_MANAGER.test(new URL(request.url).pathname) ? foreignAnswer(response) : undefined;
      if (foreign !== undefined) throw broken(foreign);
      return response;
    },
  };
}

/** Resource Manager answers success with an object, a list or nothing; an error answer speaks by its status. */
function foreignAnswer({ status, bodyAsText, headers }: PipelineResponse): string | undefined {
  const text = bodyAsText?.trim() ?? '';
  if (status >= 300 || text === '') return undefined;
  const whole = (text.startsWith('{') && text.endsWith('}')) || (text.startsWith('[') && text.endsWith(']'));
  return whole ? undefined : `the answer is not Resource Manager's, or not whole (${headers.get('content-type') ?? 'no content type'})`;
}
