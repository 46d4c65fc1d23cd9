import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import { parsedJson } from '../../parsed-json.ts';
import { formOf } from './forms.ts';

/**
 * Refuses JSON of somebody else, or of an interface that changed, before an SDK takes it as it came: what a write is answered is read again. Throws
 * ZodError, which is told like any other form.
 */
export function knownForms(): PipelinePolicy {
  return {
    name: 'knownForms',
    async sendRequest(request, next) {
      const response = await next(request);
      if (request.method === 'GET' && response.status === 200) requireForm(request.url, response);
      return response;
    },
  };
}

function requireForm(url: string, { bodyAsText }: PipelineResponse): void {
  formOf(new URL(url))?.parse(parsedJson(bodyAsText ?? ''));
}
