import { describe, expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import { WARNING_CODES, warningCode } from '../../src/analyze/warning-codes.ts';
import { type Ami, Analysis, Issue } from '../../src/model/index.ts';
import { NOW } from '../fakes/context.ts';
import { anAmi, aPartialAmi } from './an-ami.ts';
import { catalog } from './catalog.ts';

function judge(ami: Ami) {
  return judgeAmi(ami, [], catalog, NOW);
}

function codes(change: Partial<Ami>): readonly string[] {
  return judge(anAmi({ name: 'ubuntu-22.04-golden', ...change })).issues.map(({ code }) => code);
}

function decided({ value, confidence }: { readonly value?: unknown; readonly confidence: string }): string {
  return `${value} ${confidence}`;
}

describe('boot mode', () => {
  test('is what EC2 states', () => {
    expect(decided(judge(anAmi({ bootMode: 'uefi-preferred' })).bootMode)).toBe('uefi-preferred high');
  });

  test('absent from a full record is legacy BIOS on x86 and UEFI on arm64', () => {
    expect(decided(judge(anAmi()).bootMode)).toBe('legacy-bios medium');
    expect(judge(anAmi()).bootMode.evidence[0]?.observed).toBe('absent on x86: capability not stated');
    expect(decided(judge(anAmi({ architecture: 'arm64' })).bootMode)).toBe('uefi high');
  });

  test('absent from a selection of fields says nothing, unless the name does', () => {
    const name = 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20231207';
    expect(decided(judge(aPartialAmi({ name })).bootMode)).toBe('undefined none');
    expect(decided(judge(aPartialAmi({ name: 'TPM-Windows_Server-2022-English-Full-Base-2023.11.15' })).bootMode)).toBe('uefi low');
  });

  test("absent from a selection of fields, the ancestor's name says nothing: a golden AMI may have been converted", () => {
    const parent = anAmi({ id: 'ami-parent', name: 'TPM-Windows_Server-2022-English-Full-Base-2023.11.15', ownerId: '801119661308' });
    const golden = aPartialAmi({ name: 'golden', sourceImageId: parent.id });
    const { bootMode, amiFamily } = judgeAmi(golden, [parent], catalog, NOW);
    expect([amiFamily.value === undefined, decided(bootMode)]).toEqual([false, 'undefined none']);
  });

  test('a value that EC2 does not have is ignored', () => {
    expect(decided(judge(anAmi({ bootMode: '"; rm -rf /' })).bootMode)).toBe('legacy-bios medium');
  });

  test('a Mac has none that matters here', () => {
    expect(decided(judge(anAmi({ architecture: 'arm64_mac' })).bootMode)).toBe('undefined none');
  });
});

describe('architecture', () => {
  test.each([
    ['x86_64', 'x64 high'],
    ['arm64', 'arm64 high'],
    ['i386', 'x64 low'],
    ['arm64_mac', 'undefined none'],
    ['riscv64', 'undefined none'],
  ])('%s', (architecture, expected) => {
    expect(decided(judge(anAmi({ architecture })).architecture)).toBe(expected);
  });

  test('comes from the name where the record is silent', () => {
    const name = 'ubuntu/images/hvm-ssd/ubuntu-impish-21.10-arm64-server-20220309';
    expect(decided(judge(aPartialAmi({ name, ownerId: '099720109477' })).architecture)).toBe('arm64 high');
    expect(decided(judge(aPartialAmi({ name })).architecture)).toBe('arm64 low');
  });
});

describe('operating system family', () => {
  test.each<readonly [string, Ami, string]>([
    ['platform, in either spelling', anAmi({ platform: 'Windows', platformDetails: undefined }), 'windows high'],
    ['platform details alone', aPartialAmi({ platformDetails: 'Windows with SQL Server Web' }), 'windows high'],
    ['a Mac processor', anAmi({ architecture: 'x86_64_mac' }), 'macos high'],
    ['no platform in a full record', anAmi({ platformDetails: undefined }), 'linux medium'],
    ['no platform in a selection of fields', aPartialAmi({ name: 'opaque' }), 'undefined none'],
    ['FreeBSD, which EC2 calls Linux/UNIX', anAmi({ ownerId: '782442783595', name: 'FreeBSD 14.1-RELEASE-amd64' }), 'bsd high'],
  ])('%s', (_, ami, expected) => {
    expect(decided(judge(ami).osFamily)).toBe(expected);
  });
});

describe('owner', () => {
  const name = 'amzn2-ami-hvm-2.0.20240131.0-x86_64-gp2';

  test('is read from the location that EC2 writes, for EBS images only', () => {
    expect(judge(anAmi({ name, ownerId: undefined, location: `137112412989/${name}` })).amiFamily.confidence).toBe('high');
    expect(judge(anAmi({ name, ownerId: undefined, location: `amazon/${name}` })).amiFamily.confidence).toBe('medium');
    expect(
      judge(anAmi({ name, ownerId: undefined, location: `amazon/${name}`, rootDeviceType: 'instance-store' })).amiFamily.confidence,
    ).toBe('low');
  });

  test('the alias amazon stands for a verified publisher in a region whose account is not known', () => {
    const { amiFamily, stock, issues } = judge(anAmi({ name, ownerId: '555555555555', ownerAlias: 'amazon' }));
    expect([amiFamily.confidence, stock.value, issues]).toEqual(['medium', true, []]);
  });

  test('the alias alone never names a distribution', () => {
    expect(judge(anAmi({ ownerAlias: 'amazon' })).distro.value).toBeUndefined();
  });
});

describe('issues of the record', () => {
  test.each<readonly [string, Partial<Ami>, readonly string[]]>([
    ['nothing to say', {}, []],
    ['32 bits', { architecture: 'i386' }, ['SOURCE_32_BIT']],
    ['paravirtual', { virtualization: 'paravirtual' }, ['PARAVIRTUAL']],
    ['instance store', { rootDeviceType: 'instance-store' }, ['INSTANCE_STORE']],
    ['deprecated before now', { deprecated: '2026-11-21T08:15:02.000Z' }, ['DEPRECATED_AMI']],
    ['deprecated after now', { deprecated: '2026-11-21T08:15:03.000Z' }, []],
    ['a deprecation that is no date', { deprecated: 'soon' }, []],
    ['disabled', { state: 'disabled' }, ['AMI_NOT_AVAILABLE']],
    ['a mapped instance store beside the root', { disks: [{ device: '/dev/sdb', kind: 'ephemeral', root: false }] }, []],
    [
      'one volume in a record that lacks the name of its root',
      { rootDevice: undefined, disks: [{ device: '/dev/sda1', kind: 'ebs', root: false }] },
      [],
    ],
    ['a data volume', { disks: [{ device: '/dev/sdf', kind: 'ebs', root: false }] }, ['DATA_DISKS']],
    ['an encrypted root', { disks: [{ device: '/dev/xvda', kind: 'ebs', root: true, encrypted: true }] }, ['ENCRYPTED_SNAPSHOT']],
    ['gp3 at its baseline', { disks: [{ device: '/dev/xvda', kind: 'ebs', root: true, type: 'gp3', iops: 3000, throughput: 125 }] }, []],
    [
      'gp3 above it',
      { disks: [{ device: '/dev/xvda', kind: 'ebs', root: true, type: 'gp3', iops: 3001, throughput: 125 }] },
      ['PROVISIONED_IOPS'],
    ],
    ['io2', { disks: [{ device: '/dev/xvda', kind: 'ebs', root: true, type: 'io2' }] }, ['PROVISIONED_IOPS']],
  ])('%s', (_, change, expected) => {
    expect(codes(change)).toEqual(expected);
  });

  test('a paravirtual name tells it where the record does not', () => {
    const found = judge(aPartialAmi({ name: 'amzn-ami-pv-2018.03.0.20231218.0-x86_64-ebs' })).issues.map(({ code }) => code);
    expect(found).toContain('PARAVIRTUAL');
  });
});

test('every warning of the survey has one issue code', () => {
  const issueCodes = Object.keys(WARNING_CODES);
  expect(issueCodes.filter((code) => !Issue.safeParse({ severity: 'info', code, message: 'x' }).success)).toEqual([]);
  expect(new Set(Object.values(WARNING_CODES)).size).toBe(issueCodes.length);
  expect([warningCode('SOURCE_32_BIT'), warningCode('EVIDENCE_CONFLICT'), warningCode('toString')]).toEqual([
    '32-bit',
    undefined,
    undefined,
  ]);
});

test.each([
  '${env("PATH")}"; rm -rf / #',
  '<script>alert(1)</script>',
  '\u0000\u001b[31m',
  'ubuntu '.repeat(5000),
  'Windows_Server-2019-English-Full'.repeat(500),
  '__proto__',
  '((((((((((',
])('a hostile name is data: %j', (name) => {
  const ami = anAmi({ name, description: name, tags: { __proto__: name, [name]: name } });
  const judgement = judge(ami);
  expect(Analysis.safeParse({ kind: 'Analysis', schemaVersion: 1, image: 'web', ...judgement }).error).toBeUndefined();
  expect(judgement.issues.filter(({ message }) => message.length > 1500 || [...message].some((letter) => letter < ' '))).toEqual([]);
  expect(['low', 'none']).toContain(judgement.distro.confidence);
});

test('a record of an id alone says that nothing is known, and nothing else', () => {
  const { osFamily, distro, version, variant, architecture, bootMode, licence, amiFamily, issues } = judge(aPartialAmi({}));
  const findings = [osFamily, distro, version, variant, architecture, bootMode, licence, amiFamily];
  expect(findings.map(decided)).toEqual(findings.map(() => 'undefined none'));
  expect(issues.map(({ code }) => code)).toEqual(['UNKNOWN_OS']);
});
