import * as z from 'zod';
import { isWrite } from '../azure/actions.ts';
import type { Effects, HttpRequest } from '../http.ts';

const Words = z.record(z.string(), z.string());

/** The headers that decide what a write does. */
const CONDITIONS = ['if-match', 'if-none-match'] as const;

/** A write as it is kept: what was asked, when, what a fault made of it, and how it was answered. Who asked is not kept. */
export const Said = z.object({
  /** Virtual time, in milliseconds. */
  at: z.int(),
  method: z.string(),
  path: z.string(),
  query: Words,
  text: z.string(),
  conditions: Words.exactOptional(),
  effects: z.object({
    failOperation: z.object({ code: z.string(), message: z.string() }).exactOptional(),
    failRegion: z.object({ region: z.string(), message: z.string() }).exactOptional(),
    stuck: z.boolean().exactOptional(),
    failChecks: z.array(z.string()).exactOptional(),
    dropOutput: z.boolean().exactOptional(),
  }),
  status: z.int(),
});
export type Said = z.infer<typeof Said>;

/** Whether a request is kept: writes to Resource Manager and to blobs. Sign-in is none, and AWS is only read. */
export function isKept({ method, path }: HttpRequest): boolean {
  return isWrite(method, path) && /^\/(?:subscriptions|blob)\//i.test(path);
}

/** What is kept of a request that was answered with this status. */
export function said(request: HttpRequest, effects: Effects, at: number, status: number): Said {
  const { method, path, query, text, headers } = request;
  const conditions = Object.fromEntries(Object.entries(headers).filter(([name]) => CONDITIONS.some((one) => one === name)));
  const kept = Object.keys(conditions).length > 0 && { conditions };
  return { at, method, path, query: Object.fromEntries(query), text, ...kept, effects: Said.shape.effects.parse(effects), status };
}

/** The request once more, as somebody who may ask. Links in its answer lead nowhere, since nobody reads it. */
export function saidAgain({ method, path, query, text, conditions }: Said, authorization: string): HttpRequest {
  return { method, path, query: new URLSearchParams(query), text, headers: { ...conditions, authorization }, origin: 'https://127.0.0.1' };
}
