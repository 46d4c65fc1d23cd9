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
  /** Ids of the regions that exist: where the name of one does not resolve, it is the network that is missing. */
  readonly knownRegions?: (() => Promise<readonly string[]>) | undefined;
}

/** What carries the SDK's requests. */
export type Transport = NodeHttpHandler;

/**
 * The same transport, with an end: an attempt that is never answered is a TimeoutError, which the SDK tries again (it knows no limit of its own), an
 * abort of the run ends it, a page (a captive portal, a proxy) where AWS gives XML, JSON or bytes is no answer, and a pause that AWS asks for is not too
 * long.
 */
export function limitedTransport(inner: Transport, options: TransportOptions): Transport {
  const { signal, tell, requestMilliseconds = LONGEST_REQUEST, knownRegions } = options;
  const handle: Transport['handle'] = async (request, attempt) => {
    const limit = AbortSignal.timeout(requestMilliseconds);
    const ends = [limit, signal, attempt?.abortSignal as AbortSignal | undefined].filter((end) => end !== undefined);
    try {
      const answer = await inner.handle(request, { ...attempt, abortSignal: AbortSignal.any(ends) });
      refuseForeign(answer.response.headers);
      boundPause(answer.response.headers, tell);
      return answer;
    } catch (error) {
      if (!limit.aborted || signal?.aborted || attempt?.abortSignal?.aborted) throw await unresolved(error, request.hostname, knownRegions);
      throw Object.assign(new Error(`no answer within ${requestMilliseconds / 1000} seconds`), { name: 'TimeoutError', cause: error });
    }
  };
  return new Proxy(inner, { get: (target, name) => (name === 'handle' ? handle : Reflect.get(target, name, target)) });
}

/** A name that does not resolve, told as the network's failure where it is a proxy's name, or that of a region which exists; else as it is. */
async function unresolved(error: unknown, host: string, knownRegions: TransportOptions['knownRegions']): Promise<unknown> {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOTFOUND') return error;
  const name = 'hostname' in error && typeof error.hostname === 'string' ? error.hostname : host;
  const labels = host.split('.');
  const exists = name !== host || (await knownRegions?.())?.some((region) => labels.includes(region));
  if (!exists) return error;
  return Object.assign(new Error(`the name ${name} does not resolve`), { name: 'TimeoutError', cause: error });
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
