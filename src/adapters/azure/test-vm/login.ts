import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { OSProfile } from '@azure/arm-compute';
import type { AdministratorLogin } from '../../../ports.ts';

const USER = 'regild';

/** What Azure is told of the administrator, and what lets that person in. */
interface RandomLogin {
  readonly profile: OSProfile;
  readonly login: AdministratorLogin | undefined;
}

/** The login that Azure demands of every generalized VM, another for each. A password is never kept; a private key lives as long as its machine. */
export async function randomLogin(osFamily: 'linux' | 'windows', computerName: string): Promise<RandomLogin> {
  switch (osFamily) {
    case 'linux':
      return keyOnly(computerName);
    case 'windows':
      return {
        profile: {
          computerName,
          adminUsername: USER,
          adminPassword: randomPassword(),
          windowsConfiguration: { enableAutomaticUpdates: false },
        },
        login: undefined,
      };
  }
}

/** RSA, since not every API version and distribution takes Ed25519; 3,072 bits, since hardened systems refuse shorter ones (`RequiredRSASize`). */
async function keyOnly(computerName: string): Promise<RandomLogin> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 3072 });
  const publicKeys = [{ path: `/home/${USER}/.ssh/authorized_keys`, keyData: authorizedKey(publicKey) }];
  return {
    profile: { computerName, adminUsername: USER, linuxConfiguration: { disablePasswordAuthentication: true, ssh: { publicKeys } } },
    login: { user: USER, privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString() },
  };
}

/** In the format of authorized_keys (RFC 4253 §6.6). */
function authorizedKey(publicKey: KeyObject): string {
  const { e = '', n = '' } = publicKey.export({ format: 'jwk' });
  const fields = [Buffer.from('ssh-rsa'), unsigned(e), unsigned(n)];
  return `ssh-rsa ${Buffer.concat(fields.map(withLength)).toString('base64')} ${USER}`;
}

/** SSH integers are signed: a leading one bit needs a zero byte in front. */
function unsigned(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

function withLength(field: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(field.length);
  return Buffer.concat([length, field]);
}

/** 192 random bits, with one character of each class that Windows asks for. */
function randomPassword(): string {
  return `${randomBytes(24).toString('base64url')}aA1!`;
}
