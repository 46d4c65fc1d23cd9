import { expect, test } from 'vitest';
import { SECRET } from '../../src/guest/steps/secrets.ts';
import { fleetOf, told } from './told.ts';

const VERSION = '0123456789abcdef0123456789abcdef';

const step = (secrets: string) => told(fleetOf(`  web:\n    customize:\n      - shell: { lines: [deploy], secrets: ${secrets} }\n`));

test.each([
  'https://kv1.vault.azure.net/secrets/db',
  `https://kv-images.vault.azure.net/secrets/db-password/${VERSION}`,
  'https://kv-images.vault.azure.cn/secrets/db',
  'https://kv-images.vault.usgovcloudapi.net/secrets/db',
])('%s names a secret', (url) => {
  expect(step(`{ DB_PASSWORD: '${url}' }`)).toEqual([]);
});

test.each([
  'https://kv-images.vault.azure.net/secrets/db/',
  'https://kv-images.vault.azure.net/keys/db',
  'http://kv-images.vault.azure.net/secrets/db',
  'https://kv-images.vault.azure.net.evil.example/secrets/db',
  'https://kv-images.vault.azure.net/secrets/db?api-version=7.4',
  'https://user@kv-images.vault.azure.net/secrets/db',
  '@Microsoft.KeyVault(SecretUri=x)',
])('%s does not', (url) => {
  expect(step(`{ DB: '${url}' }`)).toEqual([
    `8:50 VALUE_INVALID [web] customize[0].shell.secrets.DB "${url}" is not valid | ${SECRET.rule}`,
  ]);
});

test('a name that no shell takes, and lines beside a script', () => {
  expect(step("{ 1-DB: 'https://kv-images.vault.azure.net/secrets/db' }")).toEqual([
    '8:46 NAME_INVALID [web] name "1-DB" is not allowed here | an environment variable is letters, digits and `_`, and does not start with a digit',
  ]);
  expect(told(fleetOf('  web:\n    customize:\n      - shell: { lines: [a], script: b.sh }\n      - shell: {}\n'))).toEqual([
    '8:16 VALUE_INVALID [web] customize[0].shell: a step runs either lines or a script file, got "lines" and "script" | keep one of `lines` and `script`',
    '9:16 VALUE_INVALID [web] customize[1].shell: a step runs either lines or a script file, got nothing | keep one of `lines` and `script`',
  ]);
});
