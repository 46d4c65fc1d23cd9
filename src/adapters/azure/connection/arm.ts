import { createHttpPoller } from '@azure/core-lro';
import type { Client, PathUncheckedResponse } from '@azure-rest/core-client';
import * as z from 'zod';
import { cancellable } from './cancellable.ts';

/** Requests to ARM for the few things that the SDKs in use do not cover. Paths come from `armPath`. Failures are the SDK's own RestError. */
export interface Arm {
  get(path: string, apiVersion: string): Promise<unknown>;
  /** Everything that a paged list holds; `path` may carry a query. */
  list(path: string, apiVersion: string): Promise<readonly unknown[]>;
  /** Creates or replaces, and waits until the operation has ended. */
  put(path: string, apiVersion: string, body: unknown, signal?: AbortSignal): Promise<unknown>;
  /** Asks a question whose answer is the body; changes nothing. */
  post(path: string, apiVersion: string, body: unknown): Promise<unknown>;
  /** Resolves when the service has taken the request. */
  remove(path: string, apiVersion: string, signal?: AbortSignal): Promise<void>;
}

const Page = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });
type Page = z.infer<typeof Page>;

/** ARM through a client that authenticates, retries, and throws for an error answer; waits look at the operation every so many milliseconds, unless the service asks for more. */
export function createArm(client: Client, pollMilliseconds: number): Arm {
  return {
    async get(path, apiVersion) {
      return (await client.pathUnchecked(path).get(version(apiVersion))).body;
    },
    async list(path, apiVersion) {
      const items: unknown[] = [];
      for (let link: string | undefined = path; link !== undefined; ) {
        const page: Page = Page.parse((await client.pathUnchecked(link).get(version(apiVersion, link))).body);
        items.push(...page.value);
        link = page.nextLink || undefined;
      }
      return items;
    },
    async put(path, apiVersion, body, signal) {
      const poller = createHttpPoller<unknown, never>(
        {
          sendInitialRequest: async () =>
            operation(await client.pathUnchecked(path).put({ ...version(apiVersion), body, ...cancellable(signal) })),
          sendPollRequest: async (link) =>
            operation(await client.pathUnchecked(link).get({ ...version(apiVersion, link), ...cancellable(signal) })),
        },
        { intervalInMs: pollMilliseconds },
      );
      return poller.pollUntilDone(cancellable(signal));
    },
    async post(path, apiVersion, body) {
      return (await client.pathUnchecked(path).post({ ...version(apiVersion), body })).body;
    },
    async remove(path, apiVersion, signal) {
      await client.pathUnchecked(path).delete({ ...version(apiVersion), ...cancellable(signal) });
    },
  };
}

/** Links to an operation carry their own version. */
function version(apiVersion: string, link = '') {
  return link.includes('api-version=') ? {} : { queryParameters: { 'api-version': apiVersion } };
}

function operation(response: PathUncheckedResponse) {
  return { flatResponse: response.body, rawResponse: { ...response, statusCode: Number.parseInt(response.status, 10) } };
}
