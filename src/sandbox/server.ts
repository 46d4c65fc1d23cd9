import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { ServerIdentity } from './certificate.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import { effectsOf, type FaultEffect, type Faults } from './faults.ts';
import { type Cloud, type HttpRequest, type HttpResponse, isRaw } from './http.ts';

/** What the server does with a request that it has read. */
export interface Service {
  /** Asked in this order; the first that accepts a request answers it. */
  readonly clouds: () => readonly Cloud[];
  readonly faults: Faults;
  readonly record: (exchange: Exchange) => void;
  readonly changed: (request: HttpRequest, response: HttpResponse) => HttpResponse;
}

/** Starts the HTTPS server on 127.0.0.1; port 0 takes a free one. */
export function listen(identity: ServerIdentity, port: number, service: Service): Promise<Server> {
  // A connection that waits is kept: one that is closed in the moment in which a busy client sends on it would be a failure of nobody's.
  const options = { key: identity.key, cert: identity.certificate, keepAliveTimeout: 0 };
  const server = createServer(options, (incoming, outgoing) => {
    serve(incoming, outgoing, service).catch((failure) => send(outgoing, typed(brokenResponse(failure))));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** Names of this machine for itself: a page of the web that has its own name resolved to it must not speak to the sandbox. */
export function isLoopback(authority: string | undefined): boolean {
  return authority !== undefined && /^(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9-]+\.)*localhost)(?::\d{1,5})?$/i.test(authority);
}

function isOurs({ host, origin }: IncomingMessage['headers']): boolean {
  return isLoopback(host) && (origin === undefined || (/^https?:\/\//.test(origin) && isLoopback(origin.replace(/^https?:\/\//, ''))));
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, service: Service): Promise<void> {
  if (!isOurs(incoming.headers)) return send(outgoing, typed(foreignResponse()));
  const request = await read(incoming);
  const cloud = service.clouds().find((candidate) => candidate.accepts(request));
  if (!cloud) throw new Error(`no cloud takes ${request.method} ${request.path}`);
  const fault = service.faults.take(request);
  if (fault?.kind === 'disconnect') return void incoming.socket.destroy();
  if (fault?.kind === 'page') return send(outgoing, PAGE);
  if (fault?.kind === 'delay') await wait(fault.milliseconds);
  const answer = typed(faultResponse(cloud, fault) ?? (await cloud.handle(request, effectsOf(fault))));
  const response = service.changed(request, answer);
  service.record(exchangeOf(request, response));
  if (fault?.kind === 'lose-answer') return void incoming.socket.destroy();
  if (fault?.kind === 'cut-answer') return cut(incoming, outgoing, response);
  send(outgoing, response);
}

function faultResponse(cloud: Cloud, fault: FaultEffect | undefined): HttpResponse | undefined {
  if (fault?.kind !== 'respond') return undefined;
  const response = cloud.error(fault.status, fault.code, fault.message);
  return fault.retryAfter === undefined
    ? response
    : { ...response, headers: { ...response.headers, 'retry-after': String(fault.retryAfter) } };
}

async function read(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const origin = `https://${incoming.headers.host}`;
  const url = new URL(incoming.url ?? '/', origin);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  return {
    method: incoming.method ?? 'GET',
    origin,
    path: url.pathname.replace(/(?<=.)\/+$/, ''),
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    text: Buffer.concat(chunks).toString(),
  };
}

/** The answer with the content type of what it carries. */
function typed(response: HttpResponse): HttpResponse {
  if (isRaw(response.body)) return response;
  return { ...response, headers: { 'content-type': 'application/json; charset=utf-8', ...response.headers } };
}

function send(outgoing: ServerResponse, { status, headers, body }: HttpResponse): void {
  outgoing.writeHead(status, { ...headers });
  outgoing.end(isRaw(body) ? body : JSON.stringify(body));
}

/** Half of an answer, whose length says that more was to come. */
function cut(incoming: IncomingMessage, outgoing: ServerResponse, { status, headers, body }: HttpResponse): void {
  const text = isRaw(body) ? Buffer.from(body ?? '') : Buffer.from(JSON.stringify(body) ?? '');
  outgoing.writeHead(status, { ...headers, 'content-length': text.length + 1 });
  outgoing.write(text.subarray(0, text.length / 2), () => incoming.socket.destroy());
}

const PAGE: HttpResponse = { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' };

function foreignResponse(): HttpResponse {
  return { status: 403, body: { error: { code: 'NotLoopback', message: 'the sandbox answers 127.0.0.1 and localhost only' } } };
}

function brokenResponse(failure: unknown): HttpResponse {
  const message = failure instanceof Error ? failure.message : String(failure);
  return { status: 500, body: { error: { code: 'SandboxBroken', message } } };
}
