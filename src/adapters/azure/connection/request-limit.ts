import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** How long one attempt at a request may take, its answer's body included; retries are attempts of their own. */
const LONGEST_REQUEST = 100_000;

/**
 * Ends an attempt that is never answered, or whose answer stops in the middle, as a time-out that the SDK tries again: it knows no limit of its own.
 * An abort of the request's own signal stays what it is.
 */
export function limitRequests(milliseconds = LONGEST_REQUEST): PipelinePolicy {
  return {
    name: 'limitRequests',
    async sendRequest(request, next) {
      const { abortSignal: own } = request;
      const limit = AbortSignal.timeout(milliseconds);
      request.abortSignal = own ? AbortSignal.any([own as AbortSignal, limit]) : limit;
      try {
        return await next(request);
      } catch (error) {
        if (!limit.aborted || own?.aborted) throw error;
        const { RestError } = await import('@azure/core-rest-pipeline');
        throw new RestError(`no answer within ${milliseconds / 1000} seconds`, { code: 'ETIMEDOUT', request });
      } finally {
        if (own) request.abortSignal = own;
        else delete request.abortSignal;
      }
    },
  };
}
