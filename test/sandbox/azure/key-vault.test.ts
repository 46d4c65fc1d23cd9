import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, refusal } from './ask.ts';
import { GROUP } from './gallery-fixture.ts';

const VAULT = `resourceGroups/${GROUP}/providers/Microsoft.KeyVault/vaults/pkrkvx1`;
const VERSION = 'api-version=2023-07-01';
const PROPERTIES = { tenantId: '72f98aa0-5a6d-4b0c-8c1e-1f6d2b7a9c01', sku: { family: 'A', name: 'standard' }, accessPolicies: [] };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date('2026-11-21T08:00:00Z') });
});
afterAll(() => sandbox.close());

it('a vault takes a secret, tells where it lies, and never gives its value', async () => {
  await ask(sandbox, 'PUT', `${VAULT}?${VERSION}`, { body: { location: 'uksouth', properties: PROPERTIES } });
  sandbox.clock.advance(10);
  const put = await ask(sandbox, 'PUT', `${VAULT}/secrets/cert?${VERSION}`, { body: { properties: { value: 'never-Shown-1' } } });
  const { body } = await ask(sandbox, 'GET', `${VAULT}/secrets/cert?${VERSION}`);
  expect([put.status, body]).toEqual([
    201,
    {
      id: `/subscriptions/${sandbox.subscription}/${VAULT}/secrets/cert`,
      name: 'cert',
      type: 'Microsoft.KeyVault/vaults/secrets',
      tags: {},
      properties: {
        attributes: { enabled: true, created: 1_795_248_010, updated: 1_795_248_010 },
        secretUri: 'https://pkrkvx1.vault.azure.net/secrets/cert',
        secretUriWithVersion: expect.stringMatching(/^https:\/\/pkrkvx1\.vault\.azure\.net\/secrets\/cert\/[0-9a-f]{32}$/),
      },
    },
  ]);
  expect((await ask(sandbox, 'DELETE', `${VAULT}?${VERSION}`)).status).toBe(200);
  expect(refusal(await ask(sandbox, 'GET', `${VAULT}/secrets/cert?${VERSION}`))).toBe('404 ResourceNotFound');
  expect((await ask(sandbox, 'DELETE', `${VAULT}?${VERSION}`)).status).toBe(204);
});

it.each([
  ['a name that is too long', 'pkrkvabcdefghijklmnopqrstuvwx', PROPERTIES, '400 VaultNameNotValid'],
  ['no tenant', 'pkrkvx2', { sku: { family: 'A', name: 'standard' } }, '400 BadRequest'],
])('refuses a vault with %s', async (_, name, properties, expected) => {
  const path = `resourceGroups/${GROUP}/providers/Microsoft.KeyVault/vaults/${name}?${VERSION}`;
  expect(refusal(await ask(sandbox, 'PUT', path, { body: { location: 'uksouth', properties } }))).toBe(expected);
});

it('refuses a secret of a vault that is not there', async () => {
  const answer = await ask(sandbox, 'PUT', `${VAULT}/secrets/cert?${VERSION}`, { body: { properties: { value: 'x' } } });
  expect(refusal(answer)).toBe('404 ResourceNotFound');
});
