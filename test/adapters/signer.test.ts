import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSigner } from '../../src/adapters/signer.ts';
import { RegildError } from '../../src/errors.ts';

const BYTES = Buffer.from('what is signed');

async function signed(pem: string | Buffer): Promise<{ readonly keyid?: string | undefined; readonly sig: Uint8Array }> {
  const folder = await mkdtemp(join(tmpdir(), 'regild-signer-'));
  try {
    await writeFile(join(folder, 'key.pem'), pem);
    return await createSigner({ folder, environment: {} }).sign({ kind: 'key', path: 'key.pem' }, BYTES);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' });

test('signs with Ed25519, and with ECDSA over SHA-256', async () => {
  const ed = generateKeyPairSync('ed25519');
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [one, other] = await Promise.all([signed(pem(ed.privateKey)), signed(pem(ec.privateKey))]);
  expect([verify(null, BYTES, ed.publicKey, one.sig), verify('sha256', BYTES, ec.publicKey, other.sig)]).toEqual([true, true]);
  expect([one.keyid, other.keyid]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
});

test('refuses keys that verifiers of DSSE do not know, and files that are none', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const failures = await Promise.all(
    [pem(rsa.privateKey), 'no key'].map((text) => signed(text).catch((error) => (error instanceof RegildError ? error : undefined))),
  );
  expect(failures.map((error) => error instanceof RegildError && `${error.code}: ${error.message}`)).toEqual([
    'SIGNING_FAILED: the key file key.pem holds a key of the kind rsa',
    expect.stringContaining('SIGNING_FAILED: the key file key.pem cannot be used: '),
  ]);
});
