import type { PipelinePolicy, PipelineRequest } from '@azure/core-rest-pipeline';
import type { Outlast } from './outlast.ts';

/** Requests by POST that change something; others ask what does not fit into an address. */
const ACTION = /\/(?:run|cancel|runCommand|restart)$/i;
/** Whoever began a build looks whether it runs before it is begun again. */
const ONCE = /\/imageTemplates\/[^/]+\/run$/i;

/**
 * Goes on through an outage as soon as the run has written something: until then nothing is lost where it ends, and whoever asked wants to be told at
 * once. Afterwards an end costs hours.
 */
export function outlastOnceWriting(outlast: Outlast, cancelled: AbortSignal | undefined): PipelinePolicy {
  let wrote = false;
  return {
    name: 'outlastOnceWriting',
    async sendRequest(request, next) {
      const ends = [cancelled, request.abortSignal as AbortSignal | undefined].filter((end) => end !== undefined);
      const send = () => next(request);
      const response = wrote && !ONCE.test(pathOf(request)) ? await outlast(AbortSignal.any(ends), send) : await send();
      wrote ||= writes(request);
      return response;
    },
  };
}

function writes(request: PipelineRequest): boolean {
  return ['PUT', 'PATCH', 'DELETE'].includes(request.method) || (request.method === 'POST' && ACTION.test(pathOf(request)));
}

function pathOf({ url }: PipelineRequest): string {
  return new URL(url).pathname;
}
