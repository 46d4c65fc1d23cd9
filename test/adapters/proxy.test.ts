import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createEc2 } from '../../src/adapters/aws/ec2.ts';
import { get } from '../../src/adapters/get.ts';

/** A real proxy that writes down where somebody wants to go, and lets nobody through. */
const asked: string[] = [];
const server = createServer();
server.on('connect', (request, socket) => {
  asked.push(request.url ?? '');
  socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
});
let proxy: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = `http://user:geheim@127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => void asked.splice(0));
afterEach(() => vi.unstubAllEnvs());

const AWS = { endpoint: 'https://ec2.example', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 } as const;

/** Where AWS's half wanted to go by way of the proxy, and the code that it ended with. */
async function describe(options: Parameters<typeof createEc2>[0]) {
  const ec2 = createEc2({ ...AWS, ...options });
  const failure: unknown = await ec2.describeAmis(['ami-0123456789abcdef0'], 'eu-west-1').catch((error: unknown) => error);
  return { asked: [...asked], code: (failure as { readonly code?: string }).code, said: String(failure) };
}

test.each(['HTTPS_PROXY', 'https_proxy'])('AWS is reached through the proxy of %s, and its sign-in is in no message', async (name) => {
  const found = await describe({ proxy: { [name]: proxy } });
  expect(found).toMatchObject({ asked: ['ec2.example:443'], code: 'CLOUD_UNREACHABLE' });
  expect(found.said).not.toContain('geheim');
});

test.each([
  ['no variable', () => ({})],
  ['the host is excepted', () => ({ HTTPS_PROXY: proxy, NO_PROXY: 'ec2.example' })],
  ['its domain is excepted', () => ({ HTTPS_PROXY: proxy, no_proxy: 'other,.example' })],
])('AWS is reached directly: %s', async (_, environment) => {
  expect((await describe({ proxy: environment() })).asked).toEqual([]);
});

test.each(['https://127.0.0.1:9', 'https://localhost:9'])('the proxy does not hear of %s', async (endpoint) => {
  expect((await describe({ endpoint, proxy: { HTTPS_PROXY: proxy } })).asked).toEqual([]);
});

test('cloud metadata and the assertion of GitHub take the same way', async () => {
  vi.stubEnv('HTTPS_PROXY', proxy);
  expect(await get(new URL('https://token.example/?audience=x'))).toEqual({ status: 502, body: '' });
  await expect(get(new URL('https://127.0.0.1:9/'))).rejects.toThrow();
  expect(asked).toEqual(['token.example:443']);
});
