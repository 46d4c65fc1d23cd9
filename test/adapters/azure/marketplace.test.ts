import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMarketplace } from '../../../src/adapters/azure/marketplace.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import marketplace from '../../../src/sandbox/world/marketplace.json' with { type: 'json' };
import { connectedTo } from './connected.ts';

const NOBLE = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

async function opened() {
  const { connection, requests } = await connectedTo(sandbox);
  return { port: createMarketplace(connection), requests, subscription: sandbox.subscription };
}

test('versions newest first, and the facts of the newest, each asked for once', async () => {
  const { port, requests, subscription } = await opened();
  const versions = await port.versions(subscription, 'westeurope', NOBLE);
  const urn = { ...NOBLE, version: versions[0] ?? '' };
  const facts = await port.facts(subscription, 'westeurope', urn);
  await Promise.all([port.versions(subscription, 'westeurope', NOBLE), port.facts(subscription, 'westeurope', urn)]);
  expect(versions).toEqual([...versions].sort((one, other) => Number(other.replaceAll('.', '')) - Number(one.replaceAll('.', ''))));
  expect(facts).toMatchObject({
    urn,
    osType: 'Linux',
    architecture: 'x64',
    generation: 'V2',
    plan: undefined,
    deprecation: { state: 'Active' },
  });
  expect(facts?.features).toContainEqual({ name: 'SecurityType', value: 'TrustedLaunchSupported' });
  expect(requests).toHaveLength(2);
});

test.each(['nope', 'a/../b', '${x}?$top=1'])('an image with the sku %s is not sold', async (sku) => {
  const { port, subscription } = await opened();
  expect(await port.versions(subscription, 'westeurope', { ...NOBLE, sku })).toEqual([]);
  expect(await port.facts(subscription, 'westeurope', { ...NOBLE, sku, version: '1.0.0' })).toBeUndefined();
});

test('a location that does not exist is an error, not an empty list', async () => {
  const { port, subscription } = await opened();
  await expect(port.versions(subscription, 'marsnorth', NOBLE)).rejects.toMatchObject({ hint: expect.stringContaining('list-locations') });
});

test('terms of a plan: not accepted, and unknown for a plan that nobody sells or that may not be asked about', async () => {
  const { port, subscription } = await opened();
  const plan = marketplace.images.flatMap((image) => ('plan' in image && image.plan ? [image.plan] : []))[0];
  if (!plan) throw new Error('the sandbox sells nothing with a plan');
  expect(await port.termsAccepted(subscription, plan)).toBe(false);
  expect(await port.termsAccepted(subscription, { publisher: 'x', product: '../y', name: 'z' })).toBeUndefined();
  sandbox.faults.add({
    match: { path: '**/agreements/current' },
    effect: { kind: 'respond', status: 403, code: 'AuthorizationFailed', message: 'no' },
  });
  expect(await port.termsAccepted(subscription, { ...plan, name: `${plan.name}-other` })).toBeUndefined();
});
