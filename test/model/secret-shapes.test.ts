import { expect, test } from 'vitest';
import { maskSecrets } from '../../src/model/mask-secrets.ts';
import { hiding, secretInFile, secretShape, secretsOfEnvironment } from '../../src/model/secret-shapes.ts';

const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n';

test.each([
  [KEY, 'a private key'],
  ['export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE', 'an AWS access key id'],
  [`git clone https://ghp_${'a'.repeat(36)}@github.com/x/y`, 'a GitHub token'],
  ['curl -H "authorization: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc"', 'a bearer token'],
  ['DefaultEndpointsProtocol=https;AccountKey=abcdefghijklmnopqrstuvwx==', 'a storage account key'],
  ['glpat-abcdefghijklmnopqrst', 'a token of GitLab or Slack'],
])('%j in a file is %s', (content, looksLike) => {
  expect([secretInFile(content), secretShape(content)]).toEqual([looksLike, looksLike]);
});

test('a file may speak of passwords, a script may not hold one', () => {
  const said = 'password = changeme123';
  expect([secretInFile(said), secretShape(said)]).toEqual([undefined, 'a password or key']);
});

test('what of an environment is hidden', () => {
  const environment = {
    AZURE_CLIENT_SECRET: 'abc~DEF.123456',
    PGPASSWORD_FILE: '/run/secrets/pg',
    DB_PASSWORD: 'p"wd\\12345',
    API_TOKEN: 'short',
    HOME: '/root/abcdefgh',
    TOKEN_URL: 'https://login.example/token',
    GITHUB_PAT: 'ghx_1234567890',
  };
  expect(secretsOfEnvironment(environment)).toEqual(['abc~DEF.123456', 'p"wd\\12345', 'ghx_1234567890']);
});

test('a secret is hidden as it is, and as JSON, an address and base64 write it', () => {
  const secret = 'p"w d\\+12345';
  const hide = hiding([secret]);
  const said = [secret, JSON.stringify({ a: secret }), `?x=${encodeURIComponent(secret)}`, Buffer.from(secret).toString('base64'), 'else'];
  expect(said.map(hide)).toEqual(['***', '{"a":"***"}', '?x=***', '***', 'else']);
});

// Quadratic in its length each of these would outlast the suite.
test.each(['0', 'eyJ-', 'password ', 'secret_', 'https://', '-----BEGIN ', 'token=', 'Bearer ', 'a:'])(
  'megabytes of %j are looked through and masked',
  (piece) => {
    const text = piece.repeat(2_000_000 / piece.length);
    expect(typeof maskSecrets(text)).toBe('string');
    expect(secretInFile(text)).toBeUndefined();
    expect(secretShape(text) ?? 'a password or key').toBe('a password or key');
  },
);
