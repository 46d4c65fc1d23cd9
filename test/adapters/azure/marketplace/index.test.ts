import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMarketplace } from '../../../../src/adapters/azure/marketplace/index.ts';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/index.ts';
import marketplace from '../../../../src/sandbox/world/marketplace.json' with { type: 'json' };
import { connectedTo } from '../connected.ts';

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
  const unknown = {
    code: 'LOCATION_UNKNOWN',
    message: 'the subscription has no Azure location "marsnorth"',
    hint: 'check the spelling of the location (`az account list-locations`), or ask for access to it',
  };
  await expect(port.versions(subscription, 'marsnorth', NOBLE)).rejects.toMatchObject(unknown);
  await expect(port.facts(subscription, 'marsnorth', { ...NOBLE, version: '1.0.0' })).rejects.toMatchObject(unknown);
});

test.each([
  ['the location', "The supported api-versions are '2024-07-01'. The supported locations are 'eastus, West US'.", 'LOCATION_UNKNOWN'],
  ['the API version', "The supported api-versions are '2020-06-01'. The supported locations are 'eastus, West Europe'.", 'CLOUD_FAILED'],
])('Resource Manager has one code for more than one thing: it does not know %s', async (_what, supported, code) => {
  const { port, subscription } = await opened();
  const message = `No registered resource provider found for location 'westeurope' and API version '2024-07-01' for type 'locations/publishers'. ${supported}`;
  sandbox.faults.add({
    match: { path: '**/versions' },
    effect: { kind: 'respond', status: 400, code: 'NoRegisteredProviderFound', message },
  });
  await expect(port.versions(subscription, 'westeurope', NOBLE)).rejects.toMatchObject({ code });
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
