import { expect, test } from 'vitest';
import { STEPS } from '../../src/guest/steps/index.ts';
import { parseManifest } from '../../src/manifest/index.ts';
import { ImageSpec } from '../../src/model/index.ts';
import { fleetOf, told } from './told.ts';

const KINDS = STEPS.map(({ kind }) => kind).join(', ');

test('an image without keys takes everything from the defaults and from regild', () => {
  const { specs, issues } = parseManifest(fleetOf('  web:'), 'images.yaml', {});
  expect(issues).toEqual([]);
  expect(specs).toStrictEqual([
    ImageSpec.parse({
      kind: 'ImageSpec',
      schemaVersion: 1,
      name: 'web',
      place: { file: 'images.yaml', line: 6, column: 3 },
      source: { kind: 'ami', id: 'ami-0123456789abcdef0', region: 'eu-west-1' },
      inspect: 'auto',
      engine: 'auto',
      base: 'auto',
      generation: 'auto',
      security: 'auto',
      controllers: 'auto',
      licence: undefined,
      accept: { successor: [], without: [], source: [] },
      target: {
        subscription: '00000000-0000-0000-0000-000000000000',
        resourceGroup: 'rg-images',
        gallery: 'gal_golden',
        definition: 'web',
        location: 'northeurope',
      },
      regions: [{ name: 'northeurope', replicas: 1, storage: 'Standard_LRS' }],
      build: { timeoutMinutes: 240 },
      test: { timeoutMinutes: 30 },
      timeouts: { read: 60, validate: 360, publish: 1080, operation: 120, replication: 720 },
      customize: [],
      components: {},
      checks: { add: [], skip: [], allowLeaks: [], answers: [] },
      parity: 'report',
      parityAllow: [],
      refresh: { on: ['ami', 'base', 'recipe', 'age'], blackout: [], timeZone: 'UTC', urgent: [] },
      retention: { keep: 3, minimumAge: undefined, pinned: [] },
      rollout: undefined,
      endOfLife: undefined,
      safety: {},
      production: undefined,
      softDelete: undefined,
      prices: undefined,
      records: undefined,
      carryTags: [],
      tags: {},
    }),
  ]);
});

test('every key reaches the spec', () => {
  const text = fleetOf(`  web:
    source: { owner: '012345678901', name: 'web-*', architecture: arm64, region: us-gov-west-1 }
    inspect: require
    parity: block
    parityAllow: [{ item: 'package deb:old-*', reason: not used }]
    engine: packer
    base: Canonical:ubuntu-24_04-lts:server-arm64:24.04.202610010
    generation: V2
    security: TrustedLaunchSupported
    controllers: [SCSI, NVMe]
    licence: free
    accept: { successor: ubuntu-26.04, without: [fips, cis], source: vendor-terms }
    target: { definition: web.arm64, location: North Europe }
    regions: [West Europe, { name: northeurope, replicas: 3, storage: Standard_ZRS }]
    build: { vmSize: Standard_D2ps_v6, osDiskSizeGB: 64, timeoutMinutes: 60, volumes: { /var: 70, /: 30 } }
    test: { vmSize: Standard_D2pls_v6, timeoutMinutes: 15 }
    timeouts: { read: 5m, publish: 2d, replication: 30h }
    customize:
      - packages: [nginx]
      - shell: [a, b]
      - shell: { script: steps/x.sh }
      - powershell: { script: steps/x.ps1 }
      - shell: { lines: [c], secrets: { DB_PASSWORD: 'https://kv-images.vault.azure.net/secrets/db' } }
      - file: { from: files/motd, to: /etc/motd }
      - ansible: { playbook: site.yml }
      - chef: { cookbooks: cookbooks, runList: ['recipe[web]'] }
      - puppet: { manifest: site.pp }
      - updates: true
      - restart: true
    components: { aws-cli-v2: keep }
    checks: { add: [], skip: [swap], allowLeaks: [{ path: '/opt/app/tests/*.pem', reason: test keys }], answers: [{ id: SL-17, item: /etc/salt/*, reason: a test master }] }
    refresh:
      { every: 30d, on: [ami], blackout: [2026-12-20/2027-01-04, 'fri 16:00 - mon 06:00'], timeZone: Europe/Dublin, schedule: 0 4 * * 2, jitter: 6h, minimumBaseAge: 3d, urgent: [revoked] }
    retention: { keep: 5, minimumAge: 30d, pinned: [2026.1121.0] }
    rollout: { waves: [{ regions: [North Europe], pause: 24h, approval: true, check: true }, { regions: [westeurope] }] }
    endOfLife: 180d
    safetyProfile: { allowDeletionOfReplicatedLocations: false }
    carryTags: all
    tags: { team: web }
`);
  const { specs, issues } = parseManifest(text, 'images.yaml', {});
  expect(issues).toEqual([]);
  expect(specs).toEqual([
    ImageSpec.parse({
      kind: 'ImageSpec',
      schemaVersion: 1,
      name: 'web',
      place: { file: 'images.yaml', line: 6, column: 3 },
      source: { kind: 'search', owner: '012345678901', name: 'web-*', architecture: 'arm64', region: 'us-gov-west-1' },
      inspect: 'require',
      engine: 'packer',
      base: 'Canonical:ubuntu-24_04-lts:server-arm64:24.04.202610010',
      generation: 'V2',
      security: 'TrustedLaunchSupported',
      controllers: ['SCSI', 'NVMe'],
      licence: 'free',
      accept: { successor: ['ubuntu-26.04'], without: ['fips', 'cis'], source: ['vendor-terms'] },
      target: {
        subscription: '00000000-0000-0000-0000-000000000000',
        resourceGroup: 'rg-images',
        gallery: 'gal_golden',
        definition: 'web.arm64',
        location: 'northeurope',
      },
      regions: [
        { name: 'westeurope', replicas: 1, storage: 'Standard_LRS' },
        { name: 'northeurope', replicas: 3, storage: 'Standard_ZRS' },
      ],
      build: { vmSize: 'Standard_D2ps_v6', osDiskSizeGB: 64, timeoutMinutes: 60, volumes: { '/var': 70, '/': 30 } },
      test: { vmSize: 'Standard_D2pls_v6', timeoutMinutes: 15 },
      timeouts: { read: 5, validate: 360, publish: 2880, operation: 120, replication: 1800 },
      customize: [
        { kind: 'packages', names: ['nginx'] },
        { kind: 'shell', lines: ['a', 'b'] },
        { kind: 'shell', script: 'steps/x.sh' },
        { kind: 'powershell', script: 'steps/x.ps1' },
        { kind: 'shell', lines: ['c'], secrets: { DB_PASSWORD: 'https://kv-images.vault.azure.net/secrets/db' } },
        { kind: 'file', from: 'files/motd', to: '/etc/motd' },
        { kind: 'ansible', playbook: 'site.yml', extraArguments: [] },
        { kind: 'chef', cookbooks: 'cookbooks', runList: ['recipe[web]'] },
        { kind: 'puppet', manifest: 'site.pp' },
        { kind: 'updates' },
        { kind: 'restart' },
      ],
      components: { 'aws-cli-v2': 'keep' },
      checks: {
        add: [],
        skip: ['swap'],
        allowLeaks: [{ path: '/opt/app/tests/*.pem', reason: 'test keys' }],
        answers: [{ id: 'SL-17', item: '/etc/salt/*', reason: 'a test master' }],
      },
      parity: 'block',
      parityAllow: [{ item: 'package deb:old-*', reason: 'not used' }],
      refresh: {
        every: '30d',
        on: ['ami'],
        blackout: ['2026-12-20/2027-01-04', 'fri 16:00 - mon 06:00'],
        timeZone: 'Europe/Dublin',
        schedule: '0 4 * * 2',
        jitter: '6h',
        minimumBaseAge: '3d',
        urgent: ['revoked'],
      },
      retention: { keep: 5, minimumAge: '30d', pinned: ['2026.1121.0'] },
      rollout: [
        { regions: ['northeurope'], pause: '24h', approval: true, check: true },
        { regions: ['westeurope'], pause: undefined, approval: false },
      ],
      endOfLife: '180d',
      safety: { allowDeletionOfReplicatedLocations: false, blockDeletionBeforeEndOfLife: true },
      carryTags: 'all',
      tags: { team: 'web' },
    }),
  ]);
});

test('an image with an error is left out, the others stay', () => {
  const { specs, issues } = parseManifest(fleetOf('  good:\n  bad: { engine: pakcer }\n'), 'images.yaml', {});
  expect(specs.map(({ name }) => name)).toEqual(['good']);
  expect(issues).toEqual([
    {
      severity: 'error',
      code: 'VALUE_INVALID',
      message: 'engine "pakcer" is not one of auto, packer, image-builder',
      hint: 'did you mean `packer`?',
      image: 'bad',
      place: { file: 'images.yaml', line: 7, column: 18 },
    },
  ]);
});

test('all problems of a file are told at once, in its order', () => {
  const text = fleetOf(`  web:
    sorce: { region: eu-west-1 }
    licence: PAYG
    regions: [westeurope, { name: eu-west-1, replicas: 0, storage: standard_lrs }, 7]
    build: { timeoutMinutes: 2000, vmSize: t3.large }
    customize: [restart, {}, { packages: [], restart: true }, { shell: echo }, { file: { from: a } }, { updates: false }]
    controllers: NVME
    tags: { a/b: x, c: 012 }
    refresh: { every: 30, on: [amy], blackout: [2026-02-31] }
    retention: { keep: 0 }
    base: ubuntu
  Web: {}
`);
  expect(told(text)).toEqual([
    '7:5 KEY_UNKNOWN [web] unknown key "sorce" in image "web" | did you mean `source`?',
    '8:14 VALUE_INVALID [web] licence "PAYG" is not one of free, payg, byos, vendor | did you mean `payg`?',
    '9:35 VALUE_INVALID [web] regions[1].name "eu-west-1" is not valid | an Azure location is written like northeurope or "North Europe"; AWS regions such as eu-west-1 do not exist there',
    '9:56 VALUE_INVALID [web] regions[1].replicas 0 is below 1 | a gallery version may have 1 to 100 replicas in a region',
    '9:68 VALUE_INVALID [web] regions[1].storage "standard_lrs" is not one of Standard_LRS, Standard_ZRS, Premium_LRS | did you mean `Standard_LRS`?',
    '9:84 VALUE_INVALID [web] regions[2] must be text or a mapping, got a number 7 | put it in quotes: "7"',
    '10:30 VALUE_INVALID [web] build.timeoutMinutes 2000 is above 960 | Image Builder allows 6 to 960 minutes',
    '10:44 VALUE_INVALID [web] build.vmSize "t3.large" is not valid | a VM size is written like Standard_D2s_v5',
    `11:17 VALUE_INVALID [web] customize[0] must be a mapping, got text "restart" | its keys are ${KINDS}`,
    `11:26 VALUE_INVALID [web] customize[1]: a step does exactly one thing, got nothing | start a list item for each of ${KINDS}`,
    `11:30 VALUE_INVALID [web] customize[2]: a step does exactly one thing, got "packages" and "restart" | start a list item for each of ${KINDS}`,
    '11:42 VALUE_INVALID [web] customize[2].packages [] is empty | name at least one package',
    '11:72 VALUE_INVALID [web] customize[3].shell must be a list or a mapping, got text "echo" | write a list: ["echo"]',
    '11:82 KEY_MISSING [web] customize[4].file.to is missing | add `to:`',
    '11:114 VALUE_INVALID [web] customize[5].updates false is not true | leave the step out instead',
    '12:18 VALUE_INVALID [web] controllers must be auto or a list, got text "NVME" | write a list: ["NVME"]',
    '13:13 NAME_INVALID [web] name "a/b" is not allowed here | an Azure tag name is 1 to 512 characters without < > % & \\ ? /, and does not begin with azure, microsoft or windows',
    '13:24 VALUE_INVALID [web] tags.c must be text, got a number 012 | put it in quotes: "012"',
    '14:23 VALUE_INVALID [web] refresh.every must be text, got a number 30 | an interval is a number with h, d or w, for example 30d',
    '14:32 VALUE_INVALID [web] refresh.on[0] "amy" is not one of ami, base, recipe, age | did you mean `ami`?',
    '14:49 VALUE_INVALID [web] refresh.blackout[0] "2026-02-31" is not a day, a range of days or a window of the week | write days that exist, the earlier one first; days of the week as mon, tue, wed, thu, fri, sat, sun',
    '15:24 VALUE_INVALID [web] retention.keep 0 is below 1 | at least the published version is kept',
    '16:11 VALUE_INVALID [web] base "ubuntu" is not valid | a base is `auto` or publisher:offer:sku[:version], for example Canonical:ubuntu-24_04-lts:server',
    '17:3 NAME_INVALID [Web] name "Web" is not allowed here | an image name is 1 to 63 lower-case letters, digits, `.`, `_` or `-`, starting with a letter or digit; report.json, run.json, held-by.json and events.jsonl are files of a run folder',
  ]);
});

test.each([
  ['report.json', false],
  ['run.json', false],
  ['held-by.json', false],
  ['events.jsonl', false],
  ['report.json5', true],
  ['a-report.json', true],
  ['run', true],
])('an image may be called %j, since no file of its run is called so: %j', (name, may) => {
  const { specs, issues } = parseManifest(fleetOf(`  ${name}:`), 'images.yaml', {});
  expect([specs.map((spec) => spec.name), issues.map(({ code }) => code)]).toEqual(may ? [[name], []] : [[], ['NAME_INVALID']]);
});
