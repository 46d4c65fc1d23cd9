import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';

/**
 * Turns every final error answer into a RestError that keeps the whole ARM body in `details`. Left to themselves the SDKs drop it where a page, or the
 * first answer of a long-running operation, is refused.
 */
export function explainErrors(): PipelinePolicy {
  return {
    name: 'explainErrors',
    async sendRequest(request, next) {
      const response = await next(request);
      if (response.status < 400) return response;
      throw await explained(response);
    },
  };
}

async function explained(response: PipelineResponse): Promise<Error> {
  const { RestError } = await import('@azure/core-rest-pipeline');
  const { request, status, bodyAsText } = response;
  const error = new RestError(bodyAsText || `unexpected status ${status}`, { statusCode: status, request, response });
  error.details = parsed(bodyAsText);
  return error;
}

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return storageError(text ?? '');
  }
}

/** Blob Storage answers in XML, with the id and the time of the request behind its message (learn.microsoft.com: status and error codes of storage). */
function storageError(text: string): unknown {
  const [, code] = /<Code>([^<]*)<\/Code>/.exec(text) ?? [];
  const [, message] = /<Message>([^<\n]*)/.exec(text) ?? [];
  return code === undefined ? undefined : { error: { code, message } };
}
