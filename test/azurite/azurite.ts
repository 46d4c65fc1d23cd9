import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/core-auth';
import { type AzureConnection, connectAzure } from '../../src/adapters/azure/connection/index.ts';
import { systemClock } from '../../src/adapters/clock.ts';
import { serverIdentity } from '../../src/sandbox/certificate.ts';

const MAIN = join(import.meta.dirname, 'node_modules/azurite/dist/src/blob/main.js');
/** The account that Azurite always has. */
const ACCOUNT = 'devstoreaccount1';

export interface Azurite {
  /** Address of a container in it. */
  readonly containerAt: (name: string) => string;
  /** Its data as an identity whose tokens are for this audience. */
  readonly as: (audience: string) => AzureConnection;
  readonly close: () => Promise<void>;
}

/** Starts Azurite with TLS and tokens, as the service has them, and waits until it listens. */
export async function startAzurite(folder: string): Promise<Azurite> {
  const identity = serverIdentity(new Date());
  const [key, cert] = [join(folder, 'server.key'), join(folder, 'server.pem')];
  await Promise.all([writeFile(key, identity.key), writeFile(cert, identity.certificate)]);
  const port = await freePort();
  const words = ['--blobHost', '127.0.0.1', '--blobPort', String(port), '--inMemoryPersistence', '--disableTelemetry', '--oauth', 'basic'];
  const child = spawn(process.execPath, [MAIN, ...words, '--key', key, '--cert', cert], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await listening(child);
  return {
    containerAt: (name) => `https://127.0.0.1:${port}/${ACCOUNT}/${name}`,
    as: (audience) =>
      connectAzure({
        armEndpoint: `https://127.0.0.1:${port}`,
        credential: credentialFor(audience),
        ca: identity.authority,
        pollMilliseconds: 100,
        clock: systemClock,
        maxRetries: 0,
      }),
    close: () => ended(child),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/successfully listen/i.test(said)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`Azurite ended with ${code}: ${said}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** A token such as Entra ID gives. Azurite looks at times, issuer and audience, not at the signature. */
function credentialFor(audience: string): TokenCredential {
  return {
    getToken: async () => {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        aud: audience,
        iss: 'https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/',
        iat: now,
        nbf: now - 60,
        exp: now + 3600,
        ver: '1.0',
      };
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return {
        token: `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}.${Buffer.from('unsigned').toString('base64url')}`,
        expiresOnTimestamp: Date.now() + 3_600_000,
      };
    },
  };
}
