import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { connectClouds } from '../../src/commands/connect-clouds.ts';
import { sandboxVerb } from '../../src/commands/sandbox.ts';
import { parseSpeed } from '../../src/commands/sandbox-speed.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { isLoopback } from '../../src/sandbox/server.ts';
import { call, fakeIo } from './fake-io.ts';

test.each([
  ['--port', 'abc'],
  ['--port', '65536'],
  ['--port', '-1'],
  ['--speed', '0'],
  ['--speed', '-5'],
  ['--speed', 'abc'],
  ['--speed', 'Infinity'],
])('sandbox %s %s is refused before anything listens', async (option, value) => {
  await expect(call(sandboxVerb, [`${option}=${value}`], fakeIo('/nowhere'))).rejects.toMatchObject({ code: 'commander.invalidArgument' });
});

test('a speed is a number above zero', () => {
  expect(['600', '0.5', '0', '-5', 'abc', '', '1e3', '9'.repeat(400)].map(parseSpeed)).toEqual([600, 0.5, ...Array(6).fill(undefined)]);
});

test.each(['0', '-5', 'abc', ''])('REGILD_SANDBOX_SPEED=%j is refused', async (speed) => {
  const clouds = { kind: 'sandbox', subscription: '00000000-0000-4000-8000-000000000000' } as const;
  await expect(connectClouds(clouds, { REGILD_SANDBOX_SPEED: speed })).rejects.toMatchObject({
    code: 'USAGE',
    message: `REGILD_SANDBOX_SPEED ${JSON.stringify(speed)} is no speed`,
  });
});

test('names of this machine for itself', () => {
  const ours = ['127.0.0.1', '127.0.0.1:8443', 'localhost:1', '[::1]:8443', 'ec2.localhost:8443'];
  const others = [
    undefined,
    '',
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example:8443',
    'evil@127.0.0.1',
    '127.0.0.1:8443/x',
  ];
  expect([ours.filter(isLoopback), others.filter(isLoopback)]).toEqual([ours, []]);
});

test('who calls the sandbox by another name, or from a page of the web, is not answered', async () => {
  const sandbox = await startSandbox();
  const ask = (headers: Record<string, string>, path = '/metadata/endpoints?api-version=2022-09-01') =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const url = new URL(path, sandbox.endpoints.arm);
      const sent = request(url, { ca: sandbox.caPem, servername: '', headers, agent: false }, (answer) => {
        text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject);
      });
      sent.on('error', reject).end();
    });
  try {
    const refused = { status: 403, body: expect.stringContaining('NotLoopback') };
    expect((await ask({})).status).toBe(200);
    expect(await ask({ host: 'evil.example' })).toEqual(refused);
    expect(await ask({ origin: 'https://evil.example' })).toEqual(refused);
    expect(await ask({ host: 'a b' })).toEqual(refused);
  } finally {
    await sandbox.close();
  }
});
