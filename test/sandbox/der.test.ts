import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { serverIdentity } from '../../src/sandbox/certificate.ts';
import { integer } from '../../src/sandbox/der.ts';

test.each([
  [[0x00, 0x01], '020101'],
  [[0x00, 0x00, 0x7f, 0x01], '02027f01'],
  [[0x00, 0x80], '02020080'],
  [[0x80], '02020080'],
  [[0x00], '020100'],
])('the integer of bytes %j is minimal and positive', (bytes, hex) => {
  expect(integer(Buffer.from(bytes)).toString('hex')).toBe(hex);
});

test('the server certificate is valid for loopback and signed by the authority', () => {
  const { certificate, authority } = serverIdentity(new Date());
  const [leaf, issuer] = [new X509Certificate(certificate), new X509Certificate(authority)];
  expect(leaf.verify(issuer.publicKey)).toBe(true);
  expect([leaf.checkIP('127.0.0.1'), leaf.checkHost('localhost')]).toEqual(['127.0.0.1', 'localhost']);
});
