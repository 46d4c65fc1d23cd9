import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/model/index.ts';
import { customizeProvisioners, readUserFiles } from '../../src/plan/customize.ts';
import { definitionFor } from '../../src/plan/definition.ts';
import { canonicalJson, planDigest } from '../../src/plan/digest.ts';
import { tagIssues, versionTags } from '../../src/plan/tags.ts';
import { nextVersion } from '../../src/plan/version.ts';
import { aCandidate, anAnalysis, aPlan, aSpec } from '../fakes/values.ts';

describe('version', () => {
  const now = new Date('2026-11-21T23:59:59Z');

  test.each([
    [[], '2026.1121.0'],
    [['2026.1121.0', '2026.1121.10', '2026.1121.9'], '2026.1121.11'],
    [['1.0.0', '2026.1120.4', 'not.a.version'], '2026.1121.0'],
    [['2025.1121.4', '2026.1120.9'], '2026.1121.0'],
    [['2026.1122.0', '2026.1121.7'], '2026.1122.1'],
    [['2025.1121.4', '2027.1121.9'], '2027.1121.10'],
    [['10000.0.0'], '10000.0.1'],
    [['2026.1121.0', '2026.1121'], '2026.1121.1'],
  ])('%j is followed by %s', (existing, next) => {
    expect(nextVersion(existing, now)).toBe(next);
  });

  test('a later day is a higher number, part by part', () => {
    const days = ['2026-01-31', '2026-02-01', '2026-12-31', '2027-01-01'].map((day) => nextVersion([], new Date(day)));
    expect(days).toEqual(['2026.131.0', '2026.201.0', '2026.1231.0', '2027.101.0']);
  });
});

describe('tags', () => {
  const { ami } = anAnalysis();
  const own = {
    'regild-image': 'web',
    'regild-ami': 'ami-0abc1234def567890',
    'regild-ami-region': 'eu-west-1',
    'regild-base': 'Canonical:ubuntu-24_04-lts:server:24.04.202611010',
  };

  test('by default no AMI tag is carried over', () => {
    expect(versionTags(aSpec({ tags: { env: 'prod' } }), ami, { base: aPlan().base })).toEqual({ env: 'prod', ...own });
  });

  test("carried tags fit Azure's rules, and AWS's own stay behind", () => {
    expect(versionTags(aSpec({ carryTags: 'all' }), ami, { base: aPlan().base })).toEqual({
      team: 'web',
      'cost-center-': 'x'.repeat(256),
      ...own,
    });
  });

  test("only what begins with `aws:` is AWS's own", () => {
    const tagged = { ...ami, tags: { 'aws:createdBy': 'x', awsAccount: 'y', 'my-aws:tag': 'z' } };
    expect(versionTags(aSpec({ carryTags: 'all' }), tagged, { base: aPlan().base })).toEqual({
      awsAccount: 'y',
      'my-aws:tag': 'z',
      ...own,
    });
  });

  test("an AMI tag cannot pose as one of ours, or as one of Azure's, and that is told", () => {
    const tags = {
      'regild-ami': 'ami-evil',
      'Regild-Published': 'x',
      'regild-deadline': 'y',
      'Azure-team': 'z',
      'windows?': 'w',
      team: 'web',
    };
    const hostile = { ...ami, tags };
    const spec = aSpec({ carryTags: 'all' });
    expect(versionTags(spec, hostile, { base: aPlan().base })).toEqual({ team: 'web', ...own });
    expect(tagIssues(spec, hostile).map(({ code, message }) => `${code} ${message}`)).toEqual([
      'TAG_LEFT_OUT AMI tags that are not carried over: "regild-ami", "Regild-Published", "regild-deadline", "Azure-team", "windows?"',
    ]);
    expect(tagIssues(aSpec({ carryTags: ['team'] }), hostile)).toEqual([]);
  });

  test("names that differ in case only are one tag, and the user's value stands", () => {
    const twins = { ...ami, tags: { Team: 'ami', TEAM: 'ami too', Cost: '1' } };
    const spec = aSpec({ carryTags: 'all', tags: { team: 'user' } });
    expect(versionTags(spec, twins, { base: aPlan().base })).toEqual({ team: 'user', Cost: '1', ...own });
  });
});

describe('definition', () => {
  test('a Gen2 definition states security and controllers', () => {
    const chosen = { security: 'TrustedLaunchSupported', controllers: ['SCSI', 'NVMe'] } as const;
    expect(definitionFor(aSpec(), anAnalysis(), aCandidate(), chosen)).toEqual({
      name: 'web',
      osType: 'Linux',
      osState: 'Generalized',
      generation: 'V2',
      architecture: 'x64',
      identifier: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server-web' },
      features: [
        { name: 'SecurityType', value: 'TrustedLaunchSupported' },
        { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
        { name: 'IsAcceleratedNetworkSupported', value: 'True' },
      ],
      purchasePlan: undefined,
      description: 'ubuntu 24.04 translated by regild',
    });
  });

  test.each([
    ['Linux hibernates as a Standard image', 'linux', 'Standard', true],
    ['Linux does not hibernate with Trusted Launch', 'linux', 'TrustedLaunchSupported', false],
    ['Windows hibernates with Trusted Launch', 'windows', 'TrustedLaunchSupported', true],
  ] as const)('%s', (_name, os, security, hibernates) => {
    const analysis = anAnalysis({ osFamily: { value: os, confidence: 'high', evidence: [] } });
    const base = aCandidate({ features: [{ name: 'IsHibernateSupported', value: 'True' }] });
    const { features } = definitionFor(aSpec(), analysis, base, { security, controllers: ['SCSI'] });
    expect(features).toEqual([
      { name: 'SecurityType', value: security },
      { name: 'DiskControllerTypes', value: 'SCSI' },
      ...(hibernates ? [{ name: 'IsHibernateSupported', value: 'True' }] : []),
    ]);
  });

  test("a Gen1 definition claims nothing that needs UEFI, and the base's purchase plan goes along", () => {
    const plan = { publisher: 'resf', product: 'rockylinux-x86_64', name: '9-base' };
    const base = aCandidate({ generation: 'V1', plan });
    const definition = definitionFor(aSpec(), anAnalysis(), base, { security: 'Standard', controllers: ['SCSI'] });
    expect({ features: definition.features, purchasePlan: definition.purchasePlan }).toEqual({
      features: [{ name: 'IsAcceleratedNetworkSupported', value: 'True' }],
      purchasePlan: plan,
    });
  });

  test('names that had to be cut stay apart', () => {
    const long = (end: string) => aSpec({ target: { ...aSpec().target, definition: `${'d'.repeat(78)}${end}` } });
    const skus = ['a', 'b'].map(
      (end) => definitionFor(long(end), anAnalysis(), aCandidate(), { security: 'Standard', controllers: ['SCSI'] }).identifier.sku,
    );
    expect(skus.every((sku) => sku.length === 64)).toBe(true);
    expect(new Set(skus).size).toBe(2);
  });
});

describe('digest', () => {
  const { digest: _, ...plan } = aPlan();

  test('key order does not matter, and undefined is absent', () => {
    expect(canonicalJson({ b: [1, { d: undefined, c: null }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":null}]}');
  });

  test.each([
    ['version', { version: '2026.1121.7' }],
    ['regions', { regions: [] }],
    ['tags', { tags: { env: 'prod' } }],
    ['size of the build VM', { build: { ...plan.build, vmSize: 'Standard_E2s_v5' } }],
    ['description', { definition: { ...plan.definition, description: 'other words' } }],
    ['advice on data disks', { dataDisks: [{ device: '/dev/sdf', type: 'Premium SSD', reason: 'x' }] }],
  ])('%s does not make a rebuild due', (_name, change) => {
    expect(planDigest({ ...plan, ...change })).toBe(planDigest(plan));
  });

  test.each([
    ['AMI', { provenance: { ...plan.provenance, amiId: 'ami-1' } }],
    ['base version', { base: { ...plan.base, urn: { ...plan.base.urn, version: '1.0.0' } } }],
    ['disk size', { build: { ...plan.build, osDiskSizeGB: 64 } }],
    ['guest script', { guestScripts: [{ path: 'scripts/linux/lib.sh', sha256: 'a' }] }],
    ['checks', { checks: plan.checks.slice(0, 1) }],
    ['security', { security: 'Standard' as const }],
  ])('%s makes a rebuild due', (_name, change) => {
    expect(planDigest({ ...plan, ...change })).not.toBe(planDigest(plan));
  });
});

describe('customize', () => {
  const files = {
    texts: new Map([
      ['setup/app.sh', '#!/bin/bash\necho hi\n'],
      ['site.yml', '- hosts: all\n'],
    ]),
    copies: new Map([['logo.png', { content: 'iVBORw0KGgo=', encoding: 'base64' as const }]]),
    folders: new Map([['cookbooks', [{ path: 'web/recipes/default.rb', content: "package 'nginx'\n" }]]]),
  };

  test('every file that steps name is read, each as what it is for', async () => {
    const spec = aSpec({
      customize: [
        { kind: 'shell', script: 'a.sh' },
        { kind: 'shell', lines: ['true'] },
        { kind: 'file', from: 'b.conf', to: '/etc/b.conf' },
        { kind: 'ansible', playbook: 'c.yml', extraArguments: [] },
        { kind: 'puppet', manifest: 'd.pp' },
        { kind: 'restart' },
      ],
    });
    const assets = {
      user: async (path: string) => (path === 'd.pp' ? undefined : `text of ${path}`),
      userFile: async (path: string) => ({ content: `copy of ${path}` }),
      userFolder: async () => undefined,
    };
    expect(await readUserFiles(spec.customize, assets)).toEqual({
      texts: new Map([
        ['a.sh', 'text of a.sh'],
        ['c.yml', 'text of c.yml'],
      ]),
      copies: new Map([['b.conf', { content: 'copy of b.conf' }]]),
      folders: new Map(),
    });
  });

  test('a script file is copied and run under its own interpreter', () => {
    const spec = aSpec({
      customize: [
        { kind: 'shell', script: 'setup/app.sh' },
        { kind: 'packages', names: ['nginx', 'jq'] },
      ],
    });
    expect(customizeProvisioners(spec, 'linux', files)).toEqual({
      issues: [],
      provisioners: [
        {
          kind: 'file',
          id: 'customize-1-shell-copy',
          phase: 'customize',
          title: 'copy setup/app.sh',
          from: 'setup/app.sh',
          to: '/opt/regild/step-1-app.sh',
          content: '#!/bin/bash\necho hi\n',
          sha256: '7a3a83fe30fd9c1d1bf4c5fef2eb9aff0c1f6a3bb7ee1e55d0bb2a7bd2b6b7a4',
        },
        {
          kind: 'shell',
          id: 'customize-1-shell',
          phase: 'customize',
          title: 'run setup/app.sh',
          lines: ["chmod 0700 '/opt/regild/step-1-app.sh'", "'/opt/regild/step-1-app.sh'"],
        },
        { kind: 'packages', id: 'customize-2-packages', phase: 'customize', title: 'install nginx, jq', names: ['nginx', 'jq'] },
      ].map((item) => (item.kind === 'file' ? { ...item, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } : item)),
    });
  });

  test('a file that is no text is planned by its bytes', () => {
    const spec = aSpec({ customize: [{ kind: 'file', from: 'logo.png', to: '/srv/logo.png' }] });
    expect(customizeProvisioners(spec, 'linux', files).provisioners).toEqual([
      {
        kind: 'file',
        id: 'customize-1-file',
        phase: 'customize',
        title: 'copy logo.png to /srv/logo.png',
        from: 'logo.png',
        to: '/srv/logo.png',
        content: 'iVBORw0KGgo=',
        encoding: 'base64',
        sha256: sha256(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)),
      },
    ]);
  });

  test('a hostile script name cannot leave its quotes', () => {
    const name = "x'; rm -rf $HOME #.sh";
    const { provisioners } = customizeProvisioners(aSpec({ customize: [{ kind: 'shell', script: name }] }), 'linux', {
      ...files,
      texts: new Map([[name, 'true\n']]),
    });
    expect(provisioners.at(-1)).toMatchObject({
      lines: ["chmod 0700 '/opt/regild/step-1-x___rm_-rf__HOME__.sh'", "'/opt/regild/step-1-x___rm_-rf__HOME__.sh'"],
    });
  });

  test('a cookbook is planned file by file, so that a change of one makes a rebuild due', () => {
    const spec = aSpec({ customize: [{ kind: 'chef', cookbooks: 'cookbooks', runList: ['recipe[web]'] }] });
    expect(customizeProvisioners(spec, 'linux', files)).toEqual({
      issues: [],
      provisioners: [
        {
          kind: 'chef',
          id: 'customize-1-chef',
          phase: 'customize',
          title: 'chef recipe[web]',
          cookbooks: 'cookbooks',
          runList: ['recipe[web]'],
          files: [{ path: 'web/recipes/default.rb', bytes: 16, sha256: sha256("package 'nginx'\n") }],
        },
      ],
    });
  });

  test('the secrets of a step go with the step that runs, not with the copy of its script', () => {
    const secrets = { DB: 'https://kv-images.vault.azure.net/secrets/db' };
    const spec = aSpec({
      customize: [
        { kind: 'shell', script: 'setup/app.sh', secrets },
        { kind: 'shell', lines: ['deploy'], secrets },
      ],
    });
    const { provisioners } = customizeProvisioners(spec, 'linux', files);
    expect(provisioners.map((one) => [one.id, 'secrets' in one ? one.secrets : undefined])).toEqual([
      ['customize-1-shell-copy', undefined],
      ['customize-1-shell', secrets],
      ['customize-2-shell', secrets],
    ]);
  });

  test('a step of the other system names the one to use instead', () => {
    const spec = aSpec({ customize: [{ kind: 'shell', lines: ['ls'] }] });
    expect(customizeProvisioners(spec, 'windows', files).issues.map(({ message, hint }) => [message, hint])).toEqual([
      ['a shell step cannot run on windows', 'use `powershell:`'],
    ]);
  });

  test('all problems of all steps at once', () => {
    const spec = aSpec({
      customize: [
        { kind: 'shell', script: 'gone.sh' },
        { kind: 'powershell', lines: ['ls'] },
        { kind: 'ansible', playbook: 'gone.yml', extraArguments: [] },
        { kind: 'chef', cookbooks: 'gone', runList: ['web'] },
      ],
    });
    expect(customizeProvisioners(spec, 'linux', files)).toEqual({
      provisioners: [],
      issues: [
        ['FILE_NOT_FOUND', "the customize step's file gone.sh does not exist", 'paths are relative to the manifest'],
        ['STEP_WRONG_SYSTEM', 'a powershell step cannot run on linux', 'use `shell:`'],
        ['FILE_NOT_FOUND', "the customize step's file gone.yml does not exist", 'paths are relative to the manifest'],
        ['FILE_NOT_FOUND', "the customize step's file gone does not exist", 'paths are relative to the manifest'],
      ].map(([code, message, hint]) => ({
        severity: 'error',
        code,
        message,
        hint,
        image: 'web',
        place: { file: 'images.yaml', line: 10, column: 3 },
      })),
    });
  });
});
