import { expect, test } from 'vitest';
import { fleetOf, told } from './told.ts';

const HINT = 'keep it in Azure Key Vault and name it under `secrets` of the step that needs it; if it was committed, replace it';

const step = (line: string, environment: Readonly<Record<string, string>> = {}) =>
  told(fleetOf(`  web:\n    customize:\n      - shell: [${JSON.stringify(line)}]\n`), environment);

test.each([
  ['aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE', 'an AWS access key id'],
  ['echo "-----BEGIN RSA PRIVATE KEY-----"', 'a private key'],
  [`git clone https://ghp_${'a'.repeat(36)}@github.com/x/y`, 'a GitHub token'],
  ['export DB_PASSWORD=hunter2hunter2', 'a password or key'],
  ['mysql --password=hunter2', 'a password or key'],
  ['password: "correct horse"', 'a password or key'],
  ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY', 'a password or key'],
  [`DefaultEndpointsProtocol=https;AccountKey=${'A'.repeat(40)}==`, 'a storage account key'],
  ['azcopy copy "https://x.blob.core.windows.net/y?sv=1&sig=abcdefghijklmnopqrstuvwx%3D"', 'a shared access signature'],
  ['echo ${DB_PASSWORD}', 'a secret from the environment variable DB_PASSWORD'],
])('%s', (line, looksLike) => {
  const answer = step(line, { DB_PASSWORD: 'x' });
  expect(answer).toEqual([`8:17 SECRET_IN_MANIFEST [web] customize[0].shell[0] holds what looks like ${looksLike} | ${HINT}`]);
});

test.each([
  'sed -i "s/^PasswordAuthentication yes/PasswordAuthentication no/" /etc/ssh/sshd_config',
  'PASSWORD=$(az keyvault secret show --vault-name kv --name db --query value -o tsv)',
  'password: <from Key Vault>',
  'passwd --lock root',
  'chmod 600 /etc/secrets',
  'echo "$${DB_PASSWORD}"',
])('%s is no secret', (line) => {
  expect(step(line)).toEqual([]);
});

test('a tag that says it is a password, and a secret in a place with another rule, are told once and never shown', () => {
  expect(told(fleetOf('  web:\n    base: AKIAIOSFODNN7EXAMPLE\n    tags: { db_password: hunter2 }\n'))).toEqual([
    `7:11 SECRET_IN_MANIFEST [web] base holds what looks like an AWS access key id | ${HINT}`,
    `8:26 SECRET_IN_MANIFEST [web] tags.db_password holds what looks like a secret, by its tag name | ${HINT}`,
  ]);
});

test('a secret that a variable brings in is found too', () => {
  expect(step('echo ${NOTE}', { NOTE: 'password=hunter2hunter2' })).toEqual([
    `8:17 SECRET_IN_MANIFEST [web] customize[0].shell[0] holds what looks like a password or key | ${HINT}`,
  ]);
});
