import { expect, test } from 'vitest';
import { certificateFingerprint, pgpFingerprint } from '../../../src/inspect/collect/keys.ts';

/** Made by `gpg --quick-gen-key`, which prints the fingerprint that is expected. */
const KEY = `-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEawdFbBYJKwYBBAHaRw8BAQdAnrEat40PiRjJrFXTCbT1pzm2EvwPAu3OgWFK
ZXPRqDG0FHRlc3QgPHRAZXhhbXBsZS5jb20+iJAEExYIADgWIQSwKUiNTGaRz3eS
xj9VYzqllUiHXwUCawdFbAIbAwULCQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRBV
YzqllUiHX56eAQDgVUop7SdDptn4lZtr7MbO7qsfz0B8n3SLXPbGV7tgUgD+Myvu
MmwPOvXN6h4lsZB4FcOjtoywemMhqp+0LF/9jAs=
=ZKwC
-----END PGP PUBLIC KEY BLOCK-----
`;

/** Made by `openssl req -x509`; `openssl x509 -fingerprint -sha256` prints what is expected. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBLDCB36ADAgECAhRu8B0V3SVQoO0XFJ5ylHv11E3LdzAFBgMrZXAwDDEKMAgG
A1UEAwwBdDAeFw0yNjExMjUyMDMwMzZaFw0yNjExMjYyMDMwMzZaMAwxCjAIBgNV
BAMMAXQwKjAFBgMrZXADIQDoSjm2mbUVqvSgQaFITiC1nOofz0s6XTqMlE6pwGaY
FqNTMFEwHQYDVR0OBBYEFKv4g8k+rQ7+0YCqsNodg701Q2iuMB8GA1UdIwQYMBaA
FKv4g8k+rQ7+0YCqsNodg701Q2iuMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EA
9E4kkyM0WEsaMNvmwTdZA24U93QGMHujYiX+aqG3POJOpaoXxUxvjZtol1cKwm8k
R9BFNVYG+/45my4IlnZkDw==
-----END CERTIFICATE-----
`;

const bytes = (text: string) => new TextEncoder().encode(text);

test('the fingerprint of a key, armored or not', () => {
  expect(pgpFingerprint(bytes(KEY))).toBe('B029488D4C6691CF7792C63F55633AA59548875F');
  const [, body = ''] = /\n\n([^=]*)/.exec(KEY) ?? [];
  expect(pgpFingerprint(Buffer.from(body, 'base64'))).toBe('B029488D4C6691CF7792C63F55633AA59548875F');
  expect(pgpFingerprint(bytes('no key'))).toBeUndefined();
  expect(pgpFingerprint(new Uint8Array())).toBeUndefined();
});

test('the fingerprint of a certificate', () => {
  expect(certificateFingerprint(bytes(CERTIFICATE))).toBe('FE0F51BDA81785FACBA93A33E2E6F7D446B8F9FA883EEAEC3FF82D9C6A041D5F');
  expect(certificateFingerprint(bytes('text'))).toBeUndefined();
});
