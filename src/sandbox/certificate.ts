import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { bitString, der, integer, objectId, sequence, time } from './der.ts';

const DAY = 24 * 60 * 60 * 1000;

/** ecdsa-with-SHA256 (RFC 5758). */
const SIGNATURE = sequence(objectId('1.2.840.10045.4.3.2'));

/** What a TLS server on loopback needs, as PEM: its key, its certificate, and the authority that its callers must trust. */
export interface ServerIdentity {
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
}

interface Subject {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

/**
 * Makes a certificate authority that lives as long as the process, and a certificate of it for `127.0.0.1` and a host name (RFC 5280).
 * Its key is never written down. `now` decides from when (a day before, for clocks that differ) to when (30 days) they are valid.
 */
export function serverIdentity(now: Date, host = 'localhost'): ServerIdentity {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = 'regild sandbox authority';
  const root = { name: issuer, publicKey: authority.publicKey, extensions: authorityExtensions(authority.publicKey) };
  const leaf = { name: host, publicKey: server.publicKey, extensions: serverExtensions(host, authority.publicKey) };
  return {
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pem(certificate(leaf, issuer, authority.privateKey, now)),
    authority: pem(certificate(root, issuer, authority.privateKey, now)),
  };
}

function certificate(subject: Subject, issuer: string, issuerKey: KeyObject, now: Date): Buffer {
  const content = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    SIGNATURE,
    commonName(issuer),
    sequence(time(new Date(now.getTime() - DAY)), time(new Date(now.getTime() + 30 * DAY))),
    commonName(subject.name),
    subject.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...subject.extensions)),
  );
  return sequence(content, SIGNATURE, bitString(sign('sha256', content, issuerKey)));
}

function authorityExtensions(key: KeyObject): readonly Buffer[] {
  const isAuthority = sequence(der(0x01, Buffer.from([0xff])));
  const signsCertificates = bitString(Buffer.from([0x06]), 1);
  return [
    extension('2.5.29.19', isAuthority, true),
    extension('2.5.29.15', signsCertificates, true),
    extension('2.5.29.14', der(0x04, keyIdentifier(key)), false),
  ];
}

function serverExtensions(host: string, authorityKey: KeyObject): readonly Buffer[] {
  const names = sequence(der(0x82, Buffer.from(host)), der(0x87, Buffer.from([127, 0, 0, 1])));
  const serverAuthentication = sequence(objectId('1.3.6.1.5.5.7.3.1'));
  return [
    extension('2.5.29.17', names, false),
    extension('2.5.29.37', serverAuthentication, false),
    extension('2.5.29.35', sequence(der(0x80, keyIdentifier(authorityKey))), false),
  ];
}

/** Names a key in the identifiers that strict verifiers (Python 3.13) compare; any digest of it will do. */
function keyIdentifier(key: KeyObject): Buffer {
  const content = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(content).digest().subarray(0, 20);
}

function extension(id: string, value: Buffer, critical: boolean): Buffer {
  const flag = critical ? der(0x01, Buffer.from([0xff])) : Buffer.alloc(0);
  return sequence(objectId(id), flag, der(0x04, value));
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(objectId('2.5.4.3'), der(0x0c, Buffer.from(name)))));
}

function pem(content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
