import type { PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { limitRequests } from '../../../src/adapters/azure/connection/request-limit.ts';

const request = (abortSignal?: AbortSignal) =>
  ({ url: 'https://x', method: 'GET', ...(abortSignal && { abortSignal }) }) as unknown as PipelineRequest;

/** A cloud that takes a request and never answers. */
const silent = ({ abortSignal }: PipelineRequest) =>
  new Promise<PipelineResponse>((_, reject) => {
    abortSignal?.addEventListener('abort', () => reject(Object.assign(new Error('The operation was aborted.'), { name: 'AbortError' })));
  });

test('a request that is never answered ends as a time-out, which the SDK tries again', async () => {
  const sent = request();
  await expect(limitRequests(5).sendRequest(sent, silent)).rejects.toMatchObject({ name: 'RestError', code: 'ETIMEDOUT' });
  expect(sent.abortSignal).toBeUndefined();
});

test('an abort of its own ends it as an abort', async () => {
  const controller = new AbortController();
  const sent = request(controller.signal);
  const ended = limitRequests(60_000).sendRequest(sent, silent);
  controller.abort();
  await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
  expect(sent.abortSignal).toBe(controller.signal);
});

test('an answer in time is handed on', async () => {
  const answer = { status: 200 } as unknown as PipelineResponse;
  expect(await limitRequests(60_000).sendRequest(request(), async () => answer)).toBe(answer);
});
