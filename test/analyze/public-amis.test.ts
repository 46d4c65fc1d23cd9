import { expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import { NOW } from '../fakes/context.ts';
import { anAmi } from './an-ami.ts';
import { catalog } from './catalog.ts';

const CANONICAL = '099720109477';
const AMAZON = '137112412989';
const RED_HAT = '309956199498';
const SUSE = '013907871322';
const WINDOWS = '801119661308';
const MARKETPLACE = '679593333241';

/** Owner, name -> distribution, version, variant, licence. Billing is left out, so that the name alone must tell. */
const table: readonly (readonly [string, string, string])[] = [
  [CANONICAL, 'ubuntu/images/hvm-ssd-gp3/ubuntu-oracular-24.10-arm64-server-20241109', 'ubuntu 24.10 server free'],
  [CANONICAL, 'ubuntu/images/ubuntu-lucid-10.04-amd64-server-20130124', 'ubuntu 10.04 server free'],
  [CANONICAL, 'ubuntu/images-testing/hvm-ssd-gp3/ubuntu-questing-daily-amd64-server-20250801', 'ubuntu 25.10 server free'],
  [CANONICAL, 'ubuntu-minimal/images-testing/hvm-ssd/ubuntu-groovy-daily-amd64-minimal-20200930', 'ubuntu 20.10 minimal free'],
  [CANONICAL, 'ubuntu-pro-minimal/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-pro-minimal-20250101', 'ubuntu 24.04 pro-minimal payg'],
  [
    CANONICAL,
    'ubuntu-pro-fips-updates-server/images/hvm-ssd/ubuntu-jammy-22.04-amd64-pro-fips-updates-server-20250101',
    'ubuntu 22.04 fips-pro payg',
  ],
  ['513442679011', 'ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-20231025', 'ubuntu 20.04 server free'],
  ['136693071363', 'debian-11-amd64-20231013-1532', 'debian 11 undefined free'],
  ['379101102735', 'debian-jessie-amd64-hvm-2015-06-07-12-27-ebs', 'debian 8 undefined free'],
  [RED_HAT, 'RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3', 'rhel 9.4 server payg'],
  [RED_HAT, 'RHEL-8.10.0_HVM-20240514-x86_64-88-Access2-GP3', 'rhel 8.10 server byos'],
  [RED_HAT, 'RHEL-6.5_GA_HVM-20140929-x86_64-11-Hourly2-GP2', 'rhel 6.5 server payg'],
  [RED_HAT, 'RHEL_HA-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3', 'rhel 9.4 ha payg'],
  [RED_HAT, 'RHEL-SAP-8.6.0_HVM-20230118-x86_64-10-Hourly2-GP2', 'rhel 8.6 sap payg'],
  ['219670896067', 'RHEL-8.8.0_HVM-20230623-x86_64-3-Hourly2-GP2', 'rhel 8.8 server payg'],
  [SUSE, 'suse-sles-15-sp4-v20220915-hvm-ssd-x86_64', 'sles 15 SP4 server payg'],
  [SUSE, 'suse-sles-15-v20180806-hvm-ssd-x86_64', 'sles 15 server payg'],
  [SUSE, 'suse-sles-12-sp5-byos-v20220301-hvm-ssd-x86_64', 'sles 12 SP5 server byos'],
  [SUSE, 'suse-sles-16-0-v20251104-hvm-ssd-arm64', 'sles 16.0 server payg'],
  [SUSE, 'suse-sles-sap-15-sp4-byos-v20220621-hvm-ssd-x86_64', 'sles 15 SP4 sap byos'],
  ['792107900819', 'Rocky-9-EC2-LVM-9.5-20241118.0.aarch64', 'rocky 9.5 lvm free'],
  ['764336703387', 'AlmaLinux OS 10.0.20250528 aarch64', 'almalinux 10.0 server free'],
  ['131827586825', 'OL8.7-x86_64-HVM-2023-03-07', 'oraclelinux 8.7 server free'],
  ['125523088429', 'CentOS 8.4.2105 x86_64', 'centos 8.4 server free'],
  ['125523088429', 'CentOS Stream 10 x86_64 20250101', 'centos-stream 10 server free'],
  ['125523088429', 'Fedora-Cloud-Base-38-1.6.x86_64-hvm-us-east-1-gp2-0', 'fedora 38 server free'],
  [MARKETPLACE, 'CentOS Linux 6 x86_64 HVM EBS 1602-74e73035-3435-48d6-88e0-89cc02ad83ee-ami-21e6d54b.3', 'centos 6 server free'],
  [MARKETPLACE, 'CentOS-7-2111-20220825_1.x86_64-d9a3032a-921c-4c6d-b150-bde168105e42', 'centos 7 server free'],
  [MARKETPLACE, 'CIS Ubuntu Linux 20.04 LTS Benchmark - Level 1 - v13-x', 'ubuntu 20.04 cis-l1 vendor'],
  ['075585003325', 'Flatcar-stable-3510.2.8-hvm', 'flatcar 3510.2.8 stable free'],
  ['782442783595', 'FreeBSD 14.1-RELEASE-amd64 cloud-init UFS', 'freebsd 14.1 undefined free'],
  [AMAZON, 'amzn2-ami-kernel-5.10-hvm-2.0.20240131.0-x86_64-gp2', 'amazon-linux 2 undefined free'],
  [AMAZON, 'al2023-ami-2023.3.20240131.0-kernel-6.1-arm64', 'amazon-linux 2023 server free'],
  [AMAZON, 'amzn-ami-hvm-2018.03.0.20181129-x86_64-gp2', 'amazon-linux 2018.03 undefined free'],
  ['898082745236', 'Deep Learning AMI GPU PyTorch 2.0.1 (Amazon Linux 2) 20230822', 'amazon-linux 2 hpc free'],
  ['898082745236', 'Deep Learning AMI (Ubuntu 18.04) Version 60.4', 'ubuntu 18.04 hpc free'],
  ['898082745236', 'Deep Learning AMI Ubuntu Linux - 2.4_Oct2017', 'ubuntu undefined hpc free'],
  ['591542846629', 'amzn2-ami-ecs-kernel-5.10-hvm-2.0.20240712-arm64-ebs', 'amazon-linux 2 ecs free'],
  ['602401143452', 'amazon-eks-gpu-node-1.27-v20231106', 'amazon-linux 2 eks-gpu free'],
];

/** The same for Windows, whose records state the platform. */
const windows: readonly (readonly [string, string])[] = [
  ['Windows_Server-2019-English-Full-Base-2024.01.16', '2019 server'],
  ['Windows_Server-2022-Chinese_Simplified-Full-Base-2023.10.11', '2022 server'],
  ['Windows_Server-2022-English-Core-Base-2024.01.16', '2022 core'],
  ['Windows_Server-2022-English-STIG-Core-2024.01.16', '2022 core-stig'],
  ['Windows_Server-2022-Japanese-Full-SQL_2019_Web-2023.01.11', '2022 sql-2019-web'],
  ['Windows_Server-2012-R2_RTM-English-64Bit-SQL_2016_SP3_Standard-2023.01.11', '2012 R2 sql-2016-standard'],
  ['Windows_Server-2012-RTM-English-64Bit-Base-2017.10.13', '2012 server'],
  ['Windows_Server-2008-R2_SP1-English-64Bit-SQL_2008_R2_SP3_Web-2019.02.13', '2008 R2 sql-2008-r2-web'],
  ['Windows_Server-2025-English-Full-SQL_2022_Standard-2026.08.12', '2025 sql-2022-standard'],
  ['Windows_Server-1909-English-Core-ContainersLatest-2020.05.13', '1909 core-containers'],
  ['EC2LaunchV2-Windows_Server-2016-English-Full-Base-2022.01.19', '2016 server'],
  ['TPM-Windows_Server-2022-English-Core-Base-2023.11.15', '2022 core'],
];

test.each(table)('%s %s', (ownerId, name, expected) => {
  const { distro, version, variant, licence } = judgeAmi(anAmi({ ownerId, name, usageOperation: undefined }), [], catalog, NOW);
  expect([distro, version, variant, licence].map(({ value }) => String(value)).join(' ')).toBe(expected);
});

test.each(windows)('%s', (name, expected) => {
  const ami = anAmi({ ownerId: WINDOWS, name, platform: 'windows', platformDetails: 'Windows', usageOperation: 'RunInstances:0002' });
  const { osFamily, distro, version, variant, licence, issues } = judgeAmi(ami, [], catalog, NOW);
  expect(`${version.value} ${variant.value}`).toBe(expected);
  expect([osFamily.value, distro.value, licence.value]).toEqual(['windows', 'windows-server', 'payg']);
  expect(issues.map(({ code }) => code)).not.toContain('EVIDENCE_CONFLICT');
});

test('daily, beta and preview builds are marked', () => {
  const marked = [
    [CANONICAL, 'ubuntu/images-testing/hvm-ssd/ubuntu-groovy-daily-amd64-server-20200930'],
    [RED_HAT, 'RHEL-9.0.0_HVM_BETA-20211026-x86_64-10-Hourly2-GP2'],
    ['075585003325', 'Flatcar-alpha-3850.0.0-arm64-hvm'],
    ['782442783595', 'FreeBSD 14.0-BETA3-amd64 UEFI-PREFERRED UFS'],
    [AMAZON, 'al2022-ami-2022.0.20220728.1-kernel-5.15-x86_64'],
    [AMAZON, 'amzn-ami-minimal-pv-2017.03.rc-1.20170327-x86_64-s3'],
  ] as const;
  const codes = marked.map(([ownerId, name]) => judgeAmi(anAmi({ ownerId, name }), [], catalog, NOW).issues.map(({ code }) => code));
  expect(codes.map((found) => found.includes('BETA_SOURCE'))).toEqual(marked.map(() => true));
});
