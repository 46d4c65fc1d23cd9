import { ClientAssertionCredential } from '@azure/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { computeFor, credentialFor } from './clients.ts';
import { collect } from './collect.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test('ClientSecretCredential gets a token that names tenant, client and audience', async () => {
  const { token } = await credentialFor(sandbox).getToken('https://management.azure.com/.default');
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ aud: 'https://management.azure.com', tid: sandbox.tenant, oid: sandbox.clientId });
  expect(claims.exp - claims.iat).toBe(3599);
});

test('a wrong secret is refused with the number that Entra ID gives it', async () => {
  await expect(credentialFor(sandbox, 'wrong').getToken('https://management.azure.com/.default')).rejects.toThrow('AADSTS7000215');
});

const SIGNATURE = Buffer.alloc(256, 7).toString('base64url');

function assertion(claims: object, header: object, signature: string): string {
  return `${btoa(JSON.stringify(header))}.${btoa(JSON.stringify(claims))}.${signature}`;
}

test('a federated workload gets a token for its assertion until that has expired, and none for one that nobody signed', async () => {
  const { tenant, clientId, endpoints, caPem } = sandbox;
  const credential = (exp: number | undefined, header: object = { alg: 'RS256' }, signature = SIGNATURE) =>
    new ClientAssertionCredential(
      tenant,
      clientId,
      async () => assertion({ iss: 'https://token.actions.githubusercontent.com', exp }, header, signature),
      {
        authorityHost: endpoints.authority,
        disableInstanceDiscovery: true,
        tlsOptions: { ca: caPem },
      },
    );
  expect((await credential(4_102_444_800).getToken('x/.default')).token.split('.')).toHaveLength(3);
  for (const expired of [946_684_800, undefined]) {
    await expect(credential(expired).getToken('x/.default')).rejects.toThrow('AADSTS700024');
  }
  for (const [header, signature] of [
    [{ alg: 'none' }, SIGNATURE],
    [{ alg: 'RS256' }, ''],
    [{ alg: 'RS256' }, 'x'],
    [{}, SIGNATURE],
    ['x', SIGNATURE],
  ] as const) {
    await expect(credential(4_102_444_800, Object(header), signature).getToken('x/.default')).rejects.toThrow('AADSTS700027');
  }
});

test('the compute client gets through', async () => {
  const usages = await collect(computeFor(sandbox).usage.list('westeurope'));
  expect(usages.find(({ name }) => name?.value === 'cores')).toMatchObject({ currentValue: 4, limit: 100, unit: 'Count' });
});
