import { expect, test } from 'vitest';
import { effectsOf, type Fault, Faults } from '../../src/sandbox/faults.ts';
import type { HttpRequest } from '../../src/sandbox/http.ts';

function request(method: string, path: string, text = ''): HttpRequest {
  return { method, path, text, origin: 'https://127.0.0.1', query: new URLSearchParams(), headers: {} };
}

const busy: Fault = {
  match: { method: 'GET', path: '/subscriptions/*/resourcegroups/**' },
  effect: { kind: 'respond', status: 429, code: 'TooManyRequests', message: 'slow down', retryAfter: 1 },
};

test('a fault meets as many matching requests as it says, then no more', () => {
  const faults = new Faults([{ ...busy, times: 2 }]);
  const take = () => faults.take(request('GET', '/subscriptions/1/resourceGroups/rg/providers/x'))?.kind;
  expect([take(), take(), take()]).toEqual(['respond', 'respond', undefined]);
});

test.each([
  ['PUT', '/subscriptions/1/resourceGroups/rg/x'],
  ['GET', '/subscriptions/1/2/resourceGroups/rg'],
  ['GET', '/subscriptions/1/resourceGroups'],
])('%s %s is not what it waits for', (method, path) => {
  expect(new Faults([busy]).take(request(method, path))).toBeUndefined();
});

test('faults are met in order, and one that skips lets requests pass first', () => {
  const faults = new Faults([{ match: {}, skip: 1, effect: { kind: 'disconnect' } }]);
  faults.add({ match: { body: 'Action=DescribeImages' }, effect: { kind: 'delay', milliseconds: 5 } });
  const take = () => faults.take(request('POST', '/', 'Action=DescribeImages&Version=1'))?.kind;
  expect([take(), take(), take(), take()]).toEqual([undefined, 'disconnect', 'delay', undefined]);
});

test('characters of a pattern stand for themselves', () => {
  const faults = new Faults([{ match: { path: '/a.b/(c)+' }, effect: { kind: 'disconnect' } }]);
  expect(faults.take(request('GET', '/aXb/(c)+'))).toBeUndefined();
  expect(faults.take(request('GET', '/a.b/(c)+'))).toEqual({ kind: 'disconnect' });
});

test('what a fault leaves to the handler', () => {
  expect(effectsOf({ kind: 'fail-operation', code: 'X', message: 'y' })).toEqual({ failOperation: { code: 'X', message: 'y' } });
  expect(effectsOf({ kind: 'fail-region', region: 'uksouth' })).toEqual({
    failRegion: { region: 'uksouth', message: 'Replication to uksouth failed.' },
  });
  expect(effectsOf({ kind: 'stuck-operation' })).toEqual({ stuck: true });
  expect(effectsOf({ kind: 'disconnect' })).toEqual({});
});
