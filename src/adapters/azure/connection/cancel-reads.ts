import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** Ends the reads that are under way when the run is cancelled. What is read afterwards is read to clean up, and goes through. */
export function cancelReads(cancelled: AbortSignal): PipelinePolicy {
  return {
    name: 'cancelReads',
    async sendRequest(request, next) {
      const { abortSignal: own } = request;
      if (request.method !== 'GET' || cancelled.aborted) return next(request);
      request.abortSignal = own ? AbortSignal.any([own as AbortSignal, cancelled]) : cancelled;
      try {
        return await next(request);
      } finally {
        if (own) request.abortSignal = own;
        else delete request.abortSignal;
      }
    },
  };
}
