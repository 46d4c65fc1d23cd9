import { Readable } from 'node:stream';
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

test.each(['text/html; charset=utf-8', 'application/xhtml+xml'])(
  'a page of somebody else (%s) is no answer: the SDK tries again',
  async (type) => {
    const page = async () => ({ response: { statusCode: 200, headers: { 'Content-Type': type } } });
    await expect(send(page, {})).rejects.toMatchObject({ name: 'TimeoutError', message: `the answer is not AWS's (${type})` });
  },
);

const SOURCES = [
  { kind: 'ami', id: 'ami-0abc1234', region: 'eu-west-1' },
  { kind: 'ssm', parameter: '/aws/service/x', region: 'eu-west-1' },
] as const;

test.each([
  [SOURCES[0], 200, 'describe AMIs in eu-west-1'],
  [SOURCES[0], 403, 'describe AMIs in eu-west-1'],
  [SOURCES[1], 200, 'read the SSM parameter "/aws/service/x" in eu-west-1'],
  [SOURCES[1], 502, 'read the SSM parameter "/aws/service/x" in eu-west-1'],
] as const)('a page that does not say that it is one (%j, %i): the same in words, and nothing of the SDK', async (ami, status, doing) => {
  const page = async () => ({ response: { statusCode: status, headers: {}, body: Readable.from(['<html>Sign in<br></html>']) } });
  const ec2 = createEc2({ credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, requestHandler: carrying(page), maxAttempts: 1 });
  await expect(ec2.findAmi(ami)).rejects.toMatchObject({
    code: 'CLOUD_UNREACHABLE',
    message: `could not reach AWS to ${doing}: the answer is not AWS's (neither its XML nor its JSON)`,
    hint: 'check the network and the proxy; for a private certificate authority set `NODE_EXTRA_CA_CERTS`',
  });
});

const notFound = (hostname: string) => Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', hostname });

test.each([
  [
    'a region that exists',
    'ec2.eu-west-1.amazonaws.com',
    'ec2.eu-west-1.amazonaws.com',
    'CLOUD_UNREACHABLE',
    'the name ec2.eu-west-1.amazonaws.com does not resolve',
  ],
  [
    'a region that does not',
    'ec2.eu-nowhere-1.amazonaws.com',
    'ec2.eu-nowhere-1.amazonaws.com',
    'REGION_UNKNOWN',
    'there is no AWS region',
  ],
  [
    'a proxy, whatever the region',
    'ec2.eu-nowhere-1.amazonaws.com',
    'proxy.corp.example',
    'CLOUD_UNREACHABLE',
    'the name proxy.corp.example does not resolve',
  ],
])('a name that does not resolve: %s', async (_, host, missing, code, said) => {
  const region = host.split('.')[1] ?? '';
  const ec2 = createEc2({
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: carrying(() => Promise.reject(notFound(missing))),
    knownRegions: async () => ['eu-west-1'],
  });
  await expect(ec2.findAmi({ kind: 'ami', id: 'ami-0abc1234', region })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(said),
  });
});

test('a list whose next page is itself is told, and not read for ever', async () => {
  const body = `<DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><imagesSet/><nextToken>again</nextToken></DescribeImagesResponse>`;
  let asked = 0;
  const handle = async () => {
    asked += 1;
    return { response: { statusCode: 200, headers: { 'content-type': 'text/xml' }, body: Readable.from([body]) } };
  };
  const ec2 = createEc2({ credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1, requestHandler: carrying(handle) });
  await expect(ec2.findAmi({ kind: 'search', owner: '1', name: 'x', region: 'eu-west-1' })).rejects.toMatchObject({
    code: 'CLOUD_FAILED',
    message: 'could not describe AMIs in eu-west-1: the list never ends: the next page is the same one (EndlessList)',
  });
  expect(asked).toBe(2);
});
