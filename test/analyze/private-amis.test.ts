import { describe, expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import type { Ami } from '../../src/model/index.ts';
import { NOW } from '../fakes/context.ts';
import { anAmi } from './an-ami.ts';
import { catalog } from './catalog.ts';

function judge(change: Partial<Ami>) {
  return judgeAmi(anAmi(change), [], catalog, NOW);
}

/** Free text of a golden AMI -> what it speaks of; always at low confidence. */
const spoken: readonly (readonly [string, string])[] = [
  ['web-golden-ubuntu-22.04-2024-01-01', 'ubuntu 22.04'],
  ['ubuntu2004-base', 'ubuntu 20.04'],
  ['jenkins-agent-jammy-22.04-v3', 'ubuntu 22.04'],
  ['Ubuntu', 'ubuntu undefined'],
  ['minecraft-ubuntu-1.20.04', 'ubuntu undefined'],
  ['ubuntu-golden-2022.04.01', 'ubuntu undefined'],
  ['acme_rhel_7.9_base', 'rhel 7.9'],
  ['centos7-docker', 'centos 7'],
  ['my-centos-8-stream', 'centos-stream 8'],
  ['My-AmazonLinux2-Image', 'amazon-linux 2'],
  ['amzn2-base-1.2.3', 'amazon-linux 2'],
  ['al2023-golden', 'amazon-linux 2023'],
  ['amazon-linux-2023-05-01', 'amazon-linux undefined'],
  ['debian-bookworm-k3s', 'debian 12'],
  ['OL8-app', 'oraclelinux 8'],
  ['rocky9-base', 'rocky 9'],
  ['alma8-build', 'almalinux 8'],
  ['sles15sp4-app', 'sles 15 SP4'],
  ['fedora-38-test', 'fedora 38'],
];

const silent = [
  'simaishi-j-rc1',
  'gold-image-v2',
  'app-2022',
  'control7-build',
  'kubernetes-1.22-node',
  'darwin-build',
  'windowsill 10',
  'portal2-server',
  '',
];

describe('a golden AMI that only its texts describe', () => {
  test.each(spoken)('%s', (name, expected) => {
    const { distro, version } = judge({ name });
    expect(`${distro.value} ${version.value}`).toBe(expected);
    expect(distro.confidence).toBe('low');
    expect(version.confidence).toBe(version.value === undefined ? 'none' : 'low');
  });

  test.each(silent)('%j tells nothing', (name) => {
    const { distro, issues } = judge({ name });
    expect(distro).toMatchObject({ confidence: 'none' });
    expect(distro.value).toBeUndefined();
    expect(issues.find(({ code }) => code === 'UNKNOWN_OS')?.hint).toContain('/etc/os-release');
  });

  test('description and tags are read as well as the name', () => {
    const described = judge({
      description: '[Copied ami-0123 from us-east-1] Canonical, Ubuntu, 22.04 LTS, amd64 jammy image build on 2023-12-07',
    });
    const tagged = judge({ tags: { Base_AMI_Name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20231207' } });
    expect([described.version.value, tagged.version.value]).toEqual(['22.04', '22.04']);
    expect(tagged.distro.evidence[0]?.from).toBe('Tag Base_AMI_Name');
  });

  test('texts that contradict each other leave it unknown, and both are shown', () => {
    const { distro, issues } = judge({ name: 'ubuntu-golden', description: 'Debian 12 base' });
    expect(distro.value).toBeUndefined();
    expect(distro.evidence.map(({ suggests }) => suggests)).toEqual(['ubuntu', 'debian']);
    expect(issues.find(({ code }) => code === 'EVIDENCE_CONFLICT')?.message).toBe(
      'the distribution is contradicted: Name "ubuntu-golden" says ubuntu; Description "Debian 12 base" says debian',
    );
  });
});

describe('a private Windows AMI', () => {
  const windows = { platform: 'windows', platformDetails: 'Windows', usageOperation: 'RunInstances:0002' };

  test.each([
    ['win2019-iis', '2019'],
    ['W2K16-app', '2016'],
    ['WS2012R2-app', '2012 R2'],
    ['Windows Server 2022 Golden', '2022'],
    ['V Rising Server', undefined],
    ['windows-2022-11-03-backup', undefined],
  ])('%s', (name, version) => {
    const judgement = judge({ ...windows, name });
    expect(judgement.distro).toMatchObject({ value: 'windows-server', confidence: 'medium' });
    expect(judgement.version.value).toBe(version);
    expect(judgement.licence).toMatchObject({ value: 'payg', confidence: 'high' });
  });

  test('a name of Windows on a Linux record is not believed', () => {
    const { osFamily, distro } = judge({ name: 'Windows-10-tools' });
    expect(osFamily).toMatchObject({ value: 'linux', confidence: 'low' });
    expect(distro.value).toBeUndefined();
  });
});
