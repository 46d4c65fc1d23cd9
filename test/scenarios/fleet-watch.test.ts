import { expect, test } from 'vitest';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { Watch } from './fleet-watch.ts';

const VERSION = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/gal/images/web/versions/1.0.0';

const exchange = (method: string, body: unknown, path = VERSION): Exchange => ({
  liveRequest: { method, url: `https://127.0.0.1:1${path}?api-version=1`, headers: {}, body: undefined },
  liveResponse: { statusCode: '200', headers: {}, body },
});

const version = (excludeFromLatest: boolean) => ({
  id: VERSION,
  properties: { provisioningState: 'Succeeded', publishingProfile: { excludeFromLatest } },
});

test('a version that is within latest and was never tested is an accusation, in each answer that shows it', () => {
  const watch = new Watch();
  watch.onExchange(exchange('GET', { value: [version(true)] }, VERSION.replace('/1.0.0', '')));
  expect(watch.found()).toEqual({ checks: 1, wrong: [] });
  watch.onExchange(exchange('PATCH', version(false)));
  watch.wasTested(VERSION.toUpperCase());
  watch.onExchange(exchange('GET', version(false)));
  expect(watch.found()).toEqual({ checks: 3, wrong: [`${VERSION} is within latest after PATCH, and was never tested`] });
});

test('a deletion of what a machine runs is an accusation, and of anything else a write', () => {
  const watch = new Watch();
  watch.nowUsedBy([
    { kind: 'virtual-machine', id: '/vm', name: 'vm', location: 'northeurope', definition: '/web', version: VERSION.toLowerCase() },
  ]);
  watch.onExchange(exchange('DELETE', undefined));
  watch.onExchange(exchange('DELETE', undefined, VERSION.replace('1.0.0', '2.0.0')));
  expect([watch.writes, watch.found().wrong]).toEqual([2, [`${VERSION} is deleted, and in use`]]);
});
