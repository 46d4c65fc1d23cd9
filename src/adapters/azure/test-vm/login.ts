import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { OSProfile } from '@azure/arm-compute';

const USER = 'regild';

/** The login that Azure demands of every generalized VM. Nobody uses it: the private key is dropped at once and the password is never kept. */
export async function randomLogin(osFamily: 'linux' | 'windows', computerName: string): Promise<OSProfile> {
  switch (osFamily) {
    case 'linux':
      return { computerName, adminUsername: USER, linuxConfiguration: await keyOnly() };
    case 'windows':
      return {
        computerName,
        adminUsername: USER,
        adminPassword: randomPassword(),
        windowsConfiguration: { enableAutomaticUpdates: false },
      };
  }
}

async function keyOnly() {
  const publicKeys = [{ path: `/home/${USER}/.ssh/authorized_keys`, keyData: await randomPublicKey() }];
  return { disablePasswordAuthentication: true, ssh: { publicKeys } };
}

/** RSA, since not every API version and distribution takes Ed25519. In the format of authorized_keys (RFC 4253 §6.6). */
async function randomPublicKey(): Promise<string> {
  const { publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
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
