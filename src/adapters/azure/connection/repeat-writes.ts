import type { PipelinePolicy, PipelineRequest, PipelineResponse, SendRequest } from '@azure/core-rest-pipeline';
import { type Following, operationOf } from './follow-operations.ts';

/** Two policies that belong together: one around the SDK's retries, one around each of them. */
export interface RepeatedWrites {
  readonly perCall: PipelinePolicy;
  readonly perRetry: PipelinePolicy;
}

export interface RepeatOptions extends Pick<Following, 'clock' | 'requireInTime' | 'cancelled'> {
  /** Pause between two looks at what is being written. */
  readonly pollMilliseconds: number;
}

/** Statuses with which a service, or what stands before it, says that it cannot tell what became of a request. */
const UNSURE: readonly number[] = [408, 500, 502, 504];
/** Starting a build a second time is another build: whoever asked looks whether it runs. */
const ONCE = /\/imageTemplates\/[^/]+\/run$/i;
/** Done again they do no harm; what they work on is the machine. */
const ON_A_MACHINE = /\/(?:runCommand|restart)$/i;
const BUSY = ['Creating', 'Updating', 'Deleting', 'Migrating'];

/**
 * A write whose answer was lost may have been taken: the SDK sends it again and is refused, for what it writes is being written already (409). Then it is
 * waited for what is there to come to rest, and asked once more, which changes nothing where it is as wished. What may be started only once is not sent
 * again at all. Throws TIMED_OUT.
 */
export function repeatWrites({ clock, pollMilliseconds, requireInTime, cancelled }: RepeatOptions): RepeatedWrites {
  const lost = new WeakSet<PipelineRequest>();
  const untilIdle = async (request: PipelineRequest, next: SendRequest) => {
    const [look, { name, kind }, started] = [await lookAt(request), operationOf(request), clock.now().getTime()];
    while (isBusy(await next(look()))) {
      requireInTime(clock.now().getTime() - started, `the operation ${name}`, kind);
      await clock.sleep(pollMilliseconds, request.abortSignal as AbortSignal | undefined);
    }
  };
  return {
    perCall: {
      name: 'repeatWrites',
      async sendRequest(request, next) {
        const response = await next(request);
        // A run that is cancelled has no time, and what it leaves is found by its tags.
        if (response.status !== 409 || !lost.has(request) || cancelled?.aborted) return response;
        await untilIdle(request, next);
        return next(request);
      },
    },
    perRetry: {
      name: 'noticeLostAnswers',
      async sendRequest(request, next) {
        if (request.method === 'GET' || request.method === 'HEAD') return next(request);
        const once = ONCE.test(new URL(request.url).pathname);
        try {
          const response = await next(request);
          if (!UNSURE.includes(response.status)) return response;
          if (once) throw await answerLost(request, `status ${response.status}`);
          lost.add(request);
          return response;
        } catch (error) {
          lost.add(request);
          throw once && isConnection(error) ? await answerLost(request, error.message) : error;
        }
      },
    },
  };
}

/** A code that the SDK does not try again: only who asked knows what to look at. */
async function answerLost(request: PipelineRequest, said: string): Promise<Error> {
  const { RestError } = await import('@azure/core-rest-pipeline');
  return new RestError(`nobody answered the request to begin: ${said}`, { code: 'ANSWER_LOST', request });
}

function isConnection(error: unknown): error is Error {
  return error instanceof Error && error.name === 'RestError' && !('statusCode' in error && error.statusCode !== undefined);
}

async function lookAt({ url, method, abortSignal }: PipelineRequest): Promise<() => PipelineRequest> {
  const { createPipelineRequest } = await import('@azure/core-rest-pipeline');
  const resource = new URL(url);
  if (method === 'POST') resource.pathname = resource.pathname.replace(ON_A_MACHINE, '');
  return () => createPipelineRequest({ url: resource.href, method: 'GET', ...(abortSignal && { abortSignal }) });
}

function isBusy({ status, bodyAsText }: PipelineResponse): boolean {
  if (status !== 200) return false;
  const { properties } = JSON.parse(bodyAsText ?? '{}') as { readonly properties?: { readonly provisioningState?: unknown } };
  return BUSY.includes(String(properties?.provisioningState));
}
