import { expect, test } from 'vitest';
import { createEc2 } from '../../../src/adapters/aws/ec2.ts';
import { limitedTransport, type Transport, type TransportOptions } from '../../../src/adapters/aws/transport.ts';

interface Sent {
  readonly abortSignal: AbortSignal;
}

/** A transport that never answers and ends as Node's does when it is aborted. */
const silent = (_: unknown, { abortSignal }: Sent) =>
  new Promise((_resolve, reject) => {
    const end = () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    if (abortSignal.aborted) end();
    else abortSignal.addEventListener('abort', end);
  });
const carrying = (handle: unknown) => ({ handle, metadata: { handlerProtocol: 'http/1.1' } }) as unknown as Transport;
const send = (handle: unknown, options: TransportOptions) => limitedTransport(carrying(handle), options).handle({} as never, {});

test('a request that is never answered ends as a time-out, which the SDK tries again', async () => {
  await expect(send(silent, { requestMilliseconds: 5 })).rejects.toMatchObject({
    name: 'TimeoutError',
    message: 'no answer within 0.005 seconds',
  });
});

test('an abort of the run ends it as an abort', async () => {
  const run = new AbortController();
  const ended = send(silent, { signal: run.signal });
  run.abort();
  await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
});

test('the rest of the transport stays what it is', () => {
  expect(limitedTransport(carrying(silent), {}).metadata).toEqual({ handlerProtocol: 'http/1.1' });
});

test('a pause that is too long is shortened and told, one that is not is left alone', async () => {
  const told: string[] = [];
  const tell = (text: string) => told.push(text);
  const answering = (pause: string) => async () => ({ response: { headers: { 'Retry-After': pause } } });
  expect(await send(answering('3600'), { tell })).toEqual({ response: { headers: { 'Retry-After': '120' } } });
  expect(await send(answering('30'), { tell })).toEqual({ response: { headers: { 'Retry-After': '30' } } });
  expect(told).toEqual(['AWS asks to wait (Retry-After: 3600): it is asked again after 120 seconds']);
});

test('one Ctrl-C ends a question that AWS does not answer', async () => {
  const run = new AbortController();
  const handle = (request: unknown, options: Sent) => {
    queueMicrotask(() => run.abort());
    return silent(request, options);
  };
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const ec2 = createEc2({ credentials, requestHandler: carrying(handle), signal: run.signal });
  await expect(ec2.findAmi({ kind: 'ami', id: 'ami-0abc1234', region: 'eu-west-1' })).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a page of somebody else is no answer: the SDK tries again', async () => {
  const page = async () => ({ response: { statusCode: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' } } });
  await expect(send(page, {})).rejects.toMatchObject({
    name: 'TimeoutError',
    message: "the answer is not AWS's (text/html; charset=utf-8)",
  });
});
