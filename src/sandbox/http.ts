/** JSON as it travels; absent properties are left out when it is written. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json | undefined };

/** A request that has arrived completely. Header names are lower case. */
export interface HttpRequest {
  readonly method: string;
  /** `https://host:port` as the caller addressed it; links in answers start with it. */
  readonly origin: string;
  /** Percent-encoded path, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An answer. A body of text or bytes is sent as it is, anything else as JSON. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | JsonObject | readonly Json[];
}

/** Whether a body is sent as it is. */
export function isRaw(body: HttpResponse['body']): body is string | Uint8Array | undefined {
  return body === undefined || typeof body === 'string' || body instanceof Uint8Array;
}

/** What a fault on demand makes of a request that is otherwise handled as usual. */
export interface Effects {
  readonly failOperation?: { readonly code: string; readonly message: string };
  /** Location (normalised) to which replication fails, and why. */
  readonly failRegion?: { readonly region: string; readonly message: string };
  /** The operation that this request starts never ends by itself. */
  readonly stuck?: boolean;
  /** Ids of checks that the guest fails when this request runs a script in it. */
  readonly failChecks?: readonly string[];
  /** What the guest prints is lost. */
  readonly dropOutput?: boolean;
}

/** One of the simulated clouds: it recognises its requests, answers them, and words an error its own way. */
export interface Cloud {
  accepts(request: HttpRequest): boolean;
  handle(request: HttpRequest, effects: Effects): HttpResponse | Promise<HttpResponse>;
  error(status: number, code: string, message: string): HttpResponse;
}

/** A cloud whose answers rest on what was asked of it before: it answers at once, so that two requests never mix. */
export interface KeptCloud extends Cloud {
  handle(request: HttpRequest, effects: Effects): HttpResponse;
}
