import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERBS } from '../../src/commands/verbs.ts';

/**
 * Runs every verb with the embedded clouds, in a network without a way out, on a machine whose owner has accounts at both clouds, a proxy and a login of az.
 * Fails when a process of regild's wanted to send anything to another address than loopback, or started a program that would.
 */
const [work = ''] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const folder = join(work, 'fleet');
const home = join(work, 'home');
const traps = join(work, 'traps');
const started = join(work, 'started');
const trace = join(work, 'trace');

const SUBSCRIPTION = '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f';

const image = (engine: string, subscription: string) => `
    source: { owner: '123456789012', name: web-golden-*, region: eu-west-1 }
    engine: ${engine}
    target: { subscription: ${subscription}, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
    build: { identity: /subscriptions/${subscription}/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder }`;

const manifest = (subscription: string) =>
  `version: 1\nimages:\n  by-packer:${image('packer', subscription)}\n  by-image-builder:${image('image-builder', subscription)}\n`;

const RUN = '20261125t080000-abcd';

/** One call for each verb, and more where a verb takes several ways. Verbs that know no `--sandbox` speak to nobody. */
const CALLS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  init: [['-f', 'first.yaml']],
  check: [[]],
  doctor: [['--sandbox']],
  analyze: [['--sandbox']],
  match: [['--sandbox']],
  survey: [['--sandbox', '--region', 'eu-west-1', '--inspect']],
  explain: [['--sandbox']],
  map: [['eu-west-1']],
  plan: [['--sandbox']],
  render: [['--sandbox']],
  build: [
    ['--sandbox', '--run-id', RUN],
    ['-f', 'sandbox.yaml'],
  ],
  validate: [['--sandbox', '--resume', RUN]],
  publish: [['--sandbox', '--resume', RUN]],
  inspect: [['root']],
  status: [['--sandbox']],
  refresh: [['--sandbox', '--check']],
  promote: [['by-packer', '--sandbox']],
  rollback: [['by-packer', '--sandbox', '--reason', 'test']],
  revoke: [['by-packer', '2026.1121.0', '--sandbox', '--reason', 'test']],
  retire: [['--sandbox']],
  lineage: [['--sandbox']],
  diff: [['by-packer', '--sandbox']],
  use: [['by-packer', '--sandbox', '--as', 'az']],
  sweep: [['--sandbox']],
  report: [[]],
  catalog: [['check', '--sandbox', '--location', 'northeurope']],
  sandbox: [['--port', '0']],
  ci: [
    ['matrix', '--sandbox', '--due'],
    ['init', '--for', 'github', '--dry-run'],
  ],
  schema: [[]],
  completion: [['bash'], ['images']],
};

/**
 * Exit codes where one is not 0: `sandbox` ends by the signal that it is sent, the sandbox sells only some of the catalog's bases, and what `build` made
 * went with its sandbox: nothing is there to roll back, to revoke, to compare or to deploy, and both images are due.
 */
const ENDS: Readonly<Record<string, readonly number[]>> = {
  sandbox: [124, 130],
  catalog: [10],
  validate: [2],
  publish: [2],
  refresh: [10],
  rollback: [7],
  revoke: [3],
  diff: [3],
  use: [3],
};

/** Variables by which the SDKs, Packer, az, Node and GitHub's runner say who somebody is and where the clouds are; every address is one outside. */
const OWNER = {
  HOME: home,
  AWS_PROFILE: 'work',
  AWS_REGION: 'eu-west-2',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
  AWS_SESSION_TOKEN: 'session',
  AWS_ENDPOINT_URL: 'https://203.0.113.7',
  AWS_ENDPOINT_URL_EC2: 'https://203.0.113.8',
  AWS_ENDPOINT_URL_SSM: 'https://203.0.113.9',
  AWS_ENDPOINT_URL_EBS: 'https://203.0.113.10',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
  AWS_WEB_IDENTITY_TOKEN_FILE: join(home, 'token'),
  AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci',
  AWS_USE_FIPS_ENDPOINT: 'true',
  AWS_USE_DUALSTACK_ENDPOINT: 'true',
  AWS_DEFAULTS_MODE: 'auto',
  AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
  AZURE_CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  AZURE_CLIENT_SECRET: 'a-real-secret',
  AZURE_AUTHORITY_HOST: 'https://203.0.113.10',
  AZURE_FEDERATED_TOKEN_FILE: join(home, 'token'),
  IDENTITY_ENDPOINT: 'http://203.0.113.11/msi',
  IDENTITY_HEADER: 'header',
  ARM_CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  ARM_CLIENT_SECRET: 'a-real-secret',
  ARM_TENANT_ID: '11111111-1111-4111-8111-111111111111',
  ARM_SUBSCRIPTION_ID: '33333333-3333-4333-8333-333333333333',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://203.0.113.12/token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-token',
  PKR_VAR_client_secret: 'a-real-secret',
  HTTP_PROXY: 'http://203.0.113.13:3128',
  HTTPS_PROXY: 'http://203.0.113.13:3128',
  ALL_PROXY: 'http://203.0.113.13:3128',
  NODE_USE_ENV_PROXY: '1',
  REGILD_SANDBOX_SPEED: '5000',
};

const PROGRAMS = ['packer', 'az', 'azd', 'aws', 'gh', 'pwsh', 'powershell'];

function prepare(): void {
  for (const path of [folder, join(folder, 'root/etc'), traps, join(home, '.aws'), join(home, '.azure')])
    mkdirSync(path, { recursive: true });
  rmSync(join(folder, 'first.yaml'), { force: true });
  writeFileSync(join(folder, 'images.yaml'), manifest('33333333-3333-4333-8333-333333333333'));
  writeFileSync(join(folder, 'sandbox.yaml'), manifest(SUBSCRIPTION));
  writeFileSync(join(folder, 'root/etc/os-release'), 'ID=debian\nVERSION_ID="12"\n');
  writeFileSync(join(home, 'token'), 'token');
  writeFileSync(
    join(home, '.aws/config'),
    '[profile work]\nregion = eu-west-3\nendpoint_url = https://203.0.113.14\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = admin\n',
  );
  writeFileSync(join(home, '.azure/azureProfile.json'), '{"subscriptions":[]}');
  for (const name of PROGRAMS) {
    writeFileSync(join(traps, name), `#!/bin/sh\necho "${name} $*" >>'${started}'\nexit 1\n`);
    chmodSync(join(traps, name), 0o755);
  }
}

interface Run {
  readonly code: number | null;
  readonly output: string;
  /** Addresses outside that a process of this run wanted to send to, and programs that it started which would. */
  readonly wanted: readonly string[];
}

function traced(words: readonly string[], environment: Readonly<Record<string, string>>): Run {
  rmSync(started, { force: true });
  const strace = ['-f', '-qq', '-e', 'trace=connect,sendto,sendmsg,sendmmsg', '-e', 'signal=none', '-o', trace];
  const limit = ['timeout', '--signal=INT', words.includes('sandbox') ? '3' : '120'];
  const { status, stdout, stderr } = spawnSync('strace', [...strace, ...limit, process.execPath, ...words], {
    cwd: folder,
    env: { PATH: `${traps}:${process.env.PATH}`, REGILD_SANDBOX_STATE: 'none', ...environment },
    encoding: 'utf8',
  });
  return {
    code: status,
    output: `${stdout}${stderr}`,
    wanted: [...new Set([...addressesOutside(readFileSync(trace, 'utf8')), ...programs()])],
  };
}

const V4 = /sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/g;
const V6 = /sa_family=AF_INET6, sin6_port=htons\((\d+)\),[^}]*?inet_pton\(AF_INET6, "([^"]+)"/g;

function addressesOutside(text: string): readonly string[] {
  return [V4, V6].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(([, port, address = '']) => (/^(?:127\.|::1$)/.test(address) ? [] : [`${address}:${port}`])),
  );
}

function programs(): readonly string[] {
  try {
    return readFileSync(started, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

let [passed, failed] = [0, 0];

function judge(what: string, faults: readonly string[]): void {
  if (faults.length === 0) passed += 1;
  else failed += 1;
  process.stdout.write(faults.length === 0 ? `ok      ${what}\n` : `failed  ${what}: ${faults.join('; ')}\n`);
}

prepare();
const control = traced(['-e', "require('node:net').connect(443, '203.0.113.1').on('error', () => {})"], OWNER);
judge('a packet that wants out is seen', control.wanted.includes('203.0.113.1:443') ? [] : ['it was not: nothing below proves anything']);
const named = traced(['-e', "require('node:dns').lookup('example.com', () => {})"], OWNER);
judge('a name that is asked for is seen', named.wanted.includes('203.0.113.53:53') ? [] : ['it was not: nothing below proves anything']);

judge(
  'every verb has a call here',
  VERBS.filter(({ name }) => !CALLS[name]).map(({ name }) => name),
);
for (const [verb, calls] of Object.entries(CALLS)) {
  for (const words of calls) {
    const { code, output, wanted } = traced([join(root, 'src/main.js'), verb, ...words], OWNER);
    const expected = ENDS[verb] ?? [0];
    const ended = code !== null && expected.includes(code) ? [] : [`exit ${code}: ${output.slice(-2000)}`];
    judge(['regild', verb, ...words].join(' '), [...wanted.map((one) => `wanted ${one}`), ...ended]);
  }
}
process.stdout.write(`${passed} passed, ${failed} failed, 0 skipped\n`);
process.exitCode = failed > 0 ? 1 : 0;
