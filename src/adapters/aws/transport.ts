import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { boundedPause, shortened } from '../retry-after.ts';

/** How long one attempt at a request may take; retries are attempts of their own. */
const LONGEST_REQUEST = 100_000;

export interface TransportOptions {
  /** The run's: its abort ends every request, for AWS is only read. */
  readonly signal?: AbortSignal | undefined;
  /** Told that AWS asks to wait longer than regild does. */
  readonly tell?: ((text: string) => void) | undefined;
  /** How long one attempt at a request may take; 100 seconds when absent. */
  readonly requestMilliseconds?: number | undefined;
}

/** What carries the SDK's requests. */
export type Transport = NodeHttpHandler;

/**
 * The same transport, with an end: an attempt that is never answered is a TimeoutError, which the SDK tries again (it knows no limit of its own), an
 * abort of the run ends it, a page (a captive portal, a proxy) where AWS gives XML, JSON or bytes is no answer, and a pause that AWS asks for is not too
 * long.
 */
export function limitedTransport(inner: Transport, { signal, tell, requestMilliseconds = LONGEST_REQUEST }: TransportOptions): Transport {
  const handle: Transport['handle'] = async (request, options) => {
    const limit = AbortSignal.timeout(requestMilliseconds);
    const ends = [limit, signal, options?.abortSignal as AbortSignal | undefined].filter((end) => end !== undefined);
    try {
      const answer = await inner.handle(request, { ...options, abortSignal: AbortSignal.any(ends) });
      refuseForeign(answer.response.headers);
      boundPause(answer.response.headers, tell);
      return answer;
    } catch (error) {
      if (!limit.aborted || signal?.aborted || options?.abortSignal?.aborted) throw error;
      throw Object.assign(new Error(`no answer within ${requestMilliseconds / 1000} seconds`), { name: 'TimeoutError', cause: error });
    }
  };
  return new Proxy(inner, { get: (target, name) => (name === 'handle' ? handle : Reflect.get(target, name, target)) });
}

function refuseForeign(headers: Record<string, string>): void {
  const [, type = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  if (!/^(?:text\/html|application\/xhtml\+xml)\b/i.test(type)) return;
  throw Object.assign(new Error(`the answer is not AWS's (${type})`), { name: 'TimeoutError' });
}

function boundPause(headers: Record<string, string>, tell: ((text: string) => void) | undefined): void {
  const name = Object.keys(headers).find((header) => header.toLowerCase() === 'retry-after');
  const asked = name === undefined ? undefined : headers[name];
  const bounded = asked === undefined ? undefined : boundedPause(asked, Date.now());
  if (name === undefined || asked === undefined || bounded === undefined) return;
  headers[name] = bounded;
  tell?.(shortened('AWS', asked));
}
