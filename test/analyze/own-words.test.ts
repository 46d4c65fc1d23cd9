import { describe, expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import type { Ami } from '../../src/model/index.ts';
import { ami, CATALOG, found, matched, TODAY } from '../match/told.ts';

function judged(change: Partial<Ami>, ...ancestry: readonly Ami[]) {
  return judgeAmi(anAmi(change), ancestry, CATALOG, TODAY);
}

function anAmi(change: Partial<Ami>): Ami {
  return {
    id: 'ami-0000000000000b001',
    region: 'eu-west-1',
    name: 'corp-base',
    ownerId: '111122223333',
    created: '2024-05-01T00:00:00.000Z',
    architecture: 'x86_64',
    virtualization: 'hvm',
    rootDeviceType: 'ebs',
    platformDetails: 'Linux/UNIX',
    usageOperation: 'RunInstances',
    productCodes: [],
    disks: [],
    tags: {},
    ...change,
  };
}

describe('the words of redhat-release, os-release and import tools', () => {
  test.each([
    ['AWS-VMImport service: Linux - CentOS Linux release 7.9.2009 (Core) - 3.10.0-1160.el7.x86_64', 'centos 7.9'],
    ['AWS-VMImport service: Linux - Oracle Linux Server release 8.8 - 5.15.0-101.el8uek.x86_64', 'oraclelinux 8.8'],
    ['Red Hat Enterprise Linux release 8.8 (Ootpa)', 'rhel 8.8'],
    ['Rocky Linux release 9.3 (Blue Onyx)', 'rocky 9.3'],
    ['AlmaLinux release 9.4 (Seafoam Ocelot)', 'almalinux 9.4'],
    ['Fedora release 41 (Forty One)', 'fedora 41'],
    ['CentOS Stream release 9', 'centos-stream 9'],
    ['Amazon Linux release 2 (Karoo)', 'amazon-linux 2'],
    ['Amazon Linux release 2023.6.20250123 (Amazon Linux)', 'amazon-linux 2023'],
    ['SUSE Linux Enterprise Server 12 SP5', 'sles 12 SP5'],
  ])('%s', (description, expected) => {
    const { distro, version } = judged({ description });
    expect(`${distro.value} ${version.value}`).toBe(expected);
  });

  test.each([
    ['rhel79-oracle-db', 'rhel 7.9'],
    ['redhat-810-base', 'rhel 8.10'],
    ['centos79_web', 'centos 7.9'],
    ['OL88-app', 'oraclelinux 8.8'],
    ['vocera-edge-server-4.x-oracle-8.4-05', 'oraclelinux 8.4'],
    ['oracle-19.3-db', 'undefined undefined'],
    ['rocky93-java', 'rocky 9.3'],
    ['alma810', 'almalinux 8.10'],
    ['rhel-84-2024.01', 'rhel 8.4'],
    ['rhel-20-01-2024', 'rhel undefined'],
    ['deb12-base', 'debian 12'],
    ['focal20.04-gpu-cuda11', 'ubuntu 20.04'],
    ['u2204-hardened', 'ubuntu 22.04'],
    ['SAP-HANA-2.0-SLES4SAP-15SP4-prod', 'sles 15 SP4'],
  ])('%s', (name, expected) => {
    const { distro, version } = judged({ name });
    expect(`${distro.value} ${version.value}`).toBe(expected);
  });

  test.each<[Ami['tags'], string]>([
    [{ OS: 'CentOS Linux release 7.9.2009 (Core)' }, 'centos 7.9'],
    [{ os_version: '7.9', os: 'centos' }, 'centos 7.9'],
    [{ Distro: 'Ubuntu', DistroVersion: '22.04' }, 'ubuntu 22.04'],
    [{ 'os:name': 'rocky', 'os:version': 'v9.3' }, 'rocky 9.3'],
    [{ Platform: 'debian', os_release: '12' }, 'debian 12'],
  ])('tags %j', (tags, expected) => {
    const { distro, version } = judged({ tags });
    expect(`${distro.value} ${version.value}`).toBe(expected);
  });
});

describe('the language of a Windows AMI', () => {
  const WINDOWS = { platform: 'windows', platformDetails: 'Windows', usageOperation: 'RunInstances:0002' } as const;
  const amazon = (name: string) => anAmi({ ...WINDOWS, name, ownerId: '801119661308', ownerAlias: 'amazon', id: 'ami-0000000000000a008' });

  test.each([
    ['Windows_Server-2022-Japanese-Full-Base-2024.10.09', 'japanese'],
    ['Windows_Server-2019-Portuguese_Brazil-Full-Base-2024.10.09', 'portuguese-brazil'],
    ['Windows_Server-2016-Korean-Full-SQL_2016_SP3_Web-2024.10.09', 'korean'],
    ['Windows_Server-2012-R2_RTM-Chinese_Simplified-64Bit-Base-2022.03.09', 'chinese-simplified'],
    ['Windows_Server-2022-English-Core-Base-2024.10.09', 'english'],
  ])('%s', (name, language) => {
    expect(judgeAmi(amazon(name), [], CATALOG, TODAY).language).toMatchObject({ value: language, confidence: 'high' });
  });

  test('is inherited, and else read from the texts', () => {
    const german = amazon('Windows_Server-2019-German-Full-Base-2024.10.09');
    const own = judged({ ...WINDOWS, name: 'corp-win2019-de', sourceImageId: german.id }, german);
    const told = judged({ ...WINDOWS, description: 'Windows Server 2019 Datacenter, French' });
    const none = judged({ ...WINDOWS, description: 'Windows Server 2019 Datacenter' });
    expect([own.language?.value, own.language?.confidence, told.language?.value, told.language?.confidence, none.language]).toEqual([
      'german',
      'medium',
      'french',
      'low',
      undefined,
    ]);
  });
});

describe('an age that says enough', () => {
  const codes = (distro: string, created: string, family: string | undefined) => {
    const analysis = ami(distro, undefined, { amiFamily: found(family), ami: anAmi({ created }) });
    return matched(analysis)
      .issues.map(({ code }) => code)
      .filter((code) => code === 'EOL_SOURCE');
  };

  test.each<[string, string, string, string | undefined, readonly string[]]>([
    ['before RHEL 8 there was nothing that lives', 'rhel', '2018-03-01T00:00:00.000Z', 'rhel', ['EOL_SOURCE']],
    ['RHEL 8 lives', 'rhel', '2021-03-01T00:00:00.000Z', 'rhel', []],
    ['before Debian 13', 'debian', '2019-03-01T00:00:00.000Z', 'debian', ['EOL_SOURCE']],
    ['before Ubuntu 22.04', 'ubuntu', '2015-03-01T00:00:00.000Z', 'ubuntu-server', ['EOL_SOURCE']],
    ['Ubuntu 22.04 lives', 'ubuntu', '2023-03-01T00:00:00.000Z', 'ubuntu-server', []],
    ['every CentOS has ended', 'centos', '2024-03-01T00:00:00.000Z', 'centos', ['EOL_SOURCE']],
    ['before Amazon Linux 2023', 'amazon-linux', '2017-03-01T00:00:00.000Z', 'amazon-linux-nat', ['EOL_SOURCE']],
    ['a text alone is no family', 'rhel', '2018-03-01T00:00:00.000Z', undefined, []],
  ])('%s', (_, distro, created, family, expected) => {
    expect(codes(distro, created, family)).toEqual(expected);
  });
});
