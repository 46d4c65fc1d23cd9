import type { HttpRequest, HttpResponse } from './http.ts';

/** One request and its answer, in the shape in which live validators of API descriptions take them. */
export interface Exchange {
  readonly liveRequest: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly liveResponse: { readonly statusCode: string; readonly headers: Readonly<Record<string, string>>; readonly body: unknown };
}

/** What went over the wire, without what signs the caller in. */
export function exchangeOf(request: HttpRequest, response: HttpResponse): Exchange {
  const { authorization: _, ...headers } = request.headers;
  const query = request.query.size > 0 ? `?${request.query}` : '';
  return {
    liveRequest: { method: request.method, url: `${request.origin}${request.path}${query}`, headers, body: json(request.text) },
    liveResponse: { statusCode: String(response.status), headers: response.headers ?? {}, body: copyOf(response.body) },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Bytes of a disk are not kept: they are large, and no description says what they are. */
function copyOf(body: HttpResponse['body']): unknown {
  return body instanceof Uint8Array ? undefined : structuredClone(body);
}
