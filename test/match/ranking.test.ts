import { describe, expect, test } from 'vitest';
import type { Analysis, BaseMatch, Licence } from '../../src/model/index.ts';
import { ami, found, image, issuesOf, matched, ranking } from './told.ts';

const PAYG = { licence: found('payg' as const) };
const WINDOWS = { ...PAYG, osFamily: found('windows' as const) };
const GRAVITON = { architecture: found('arm64' as const), bootMode: found('uefi' as const) };

describe('the ranking of an AMI', () => {
  test.each<[string, Analysis, readonly string[]]>([
    [
      'Ubuntu 24.04',
      ami('ubuntu', '24.04'),
      [
        '90 Canonical:ubuntu-24_04-lts:server V2 high',
        '82 Canonical:ubuntu-24_04-lts:server-gen1 V1 high',
        '75 Canonical:ubuntu-24_04-lts:minimal V2 medium',
        '67 Canonical:ubuntu-24_04-lts:minimal-gen1 V1 medium',
        '52 Canonical:ubuntu-24_04-lts:ubuntu-pro V2 medium',
      ],
    ],
    [
      'Ubuntu 22.04 on Graviton',
      ami('ubuntu', '22.04', GRAVITON),
      [
        '90 Canonical:ubuntu-22_04-lts:server-arm64 V2 high',
        '88 Canonical:0001-com-ubuntu-server-jammy:22_04-lts-arm64 V2 high',
        '52 Canonical:ubuntu-22_04-lts:ubuntu-pro-arm64 V2 medium',
        '49 Canonical:ubuntu-22_04-lts:ubuntu-pro-minimal-arm64 V2 medium',
      ],
    ],
    [
      'Ubuntu 22.04',
      ami('ubuntu', '22.04'),
      [
        '90 Canonical:ubuntu-22_04-lts:server V2 high',
        '88 Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2 V2 high',
        '82 Canonical:ubuntu-22_04-lts:server-gen1 V1 high',
        '80 Canonical:0001-com-ubuntu-server-jammy:22_04-lts V1 high',
        '75 Canonical:ubuntu-22_04-lts:ubuntu-minimal V2 medium',
      ],
    ],
    [
      'Debian 12, which is past its standard support: like for like, and the successor',
      ami('debian', '12'),
      ['84 Debian:debian-12:12-gen2 V2 high', '76 Debian:debian-12:12 V1 high', '76 Debian:debian-13:13-gen2 V2 medium'],
    ],
    [
      'RHEL 9.4: the rolling image before the point release',
      ami('rhel', '9.4', PAYG),
      [
        '88 RedHat:RHEL:9-lvm-gen2 V2 high',
        '87 RedHat:RHEL:94_gen2 V2 high',
        '83 RedHat:RHEL:95_gen2 V2 high',
        '82 RedHat:RHEL:96-gen2 V2 high',
        '80 RedHat:RHEL:9-lvm V1 high',
      ],
    ],
    [
      'RHEL 8.7 with the high availability add-on: the nearest newer point release',
      ami('rhel', '8.7', { ...PAYG, variant: found('ha') }),
      [
        '80 RedHat:RHEL-HA:8_8-gen2 V2 medium',
        '72 RedHat:RHEL-HA:8_8 V1 medium',
        '70 RedHat:RHEL-HA:80-gen2 V2 medium',
        '70 RedHat:RHEL-HA:81_gen2 V2 medium',
        '66 RedHat:RHEL:8-lvm-gen2 V2 low',
      ],
    ],
    [
      'Amazon Linux 2023: the rebase targets in their order',
      ami('amazon-linux', '2023'),
      [
        '68 almalinux:almalinux-x86_64:9-gen2 V2 medium',
        '65 resf:rockylinux-x86_64:9-base V2 medium',
        '64 MicrosoftCBLMariner:azure-linux-3:azure-linux-3-gen2 V2 medium',
        '58 RedHat:RHEL:9-lvm-gen2 V2 medium',
        '54 Canonical:ubuntu-24_04-lts:server V2 medium',
      ],
    ],
    [
      'Amazon Linux 2: Enterprise Linux first',
      ami('amazon-linux', '2'),
      [
        '72 almalinux:almalinux-x86_64:9-gen2 V2 medium',
        '70 RedHat:RHEL:9-lvm-gen2 V2 medium',
        '69 resf:rockylinux-x86_64:9-base V2 medium',
        '62 almalinux:almalinux-x86_64:8-gen2 V2 medium',
        '52 Canonical:ubuntu-24_04-lts:server V2 medium',
        '50 Canonical:ubuntu-22_04-lts:server V2 medium',
        '44 MicrosoftCBLMariner:azure-linux-3:azure-linux-3-gen2 V2 medium',
      ],
    ],
    [
      'Windows Server 2022, where "plain" means generation 1',
      ami('windows-server', '2022', WINDOWS),
      [
        '90 MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2 V2 high',
        '82 MicrosoftWindowsServer:WindowsServer:2022-datacenter V1 high',
        '75 MicrosoftWindowsServer:WindowsServer:2022-datacenter-smalldisk-g2 V2 high',
        '70 MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-g2 V2 medium',
        '67 MicrosoftWindowsServer:WindowsServer:2022-datacenter-core-smalldisk-g2 V2 medium',
      ],
    ],
  ])('%s', (_, analysis, expected) => {
    expect(ranking(matched(analysis))).toEqual(expected);
  });

  test('a candidate says everything that the ranking rests on', () => {
    expect(matched(ami('amazon-linux', '2023')).candidates[0]).toEqual({
      base: 'almalinux-x86-64-9-gen2',
      urn: { publisher: 'almalinux', offer: 'almalinux-x86_64', sku: '9-gen2', version: 'latest' },
      distro: 'almalinux',
      version: '9',
      generation: 'V2',
      architecture: 'x64',
      licence: 'free',
      plan: { publisher: 'almalinux', product: 'almalinux-x86_64', name: '9-gen2' },
      features: [
        { name: 'SecurityType', value: 'TrustedLaunchSupported' },
        { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
      ],
      osDiskSizeGB: 30,
      score: 68,
      reasons: [
        { code: 'SUCCESSOR', text: "AlmaLinux 9 follows the AMI's release", points: 32 },
        { code: 'SUPPORTED', text: 'in standard support until 2032-05-31', points: 6 },
        { code: 'ROLLING', text: 'follows the updates of the whole release', points: 6 },
        { code: 'SAME_VARIANT', text: 'the server variant, as the AMI', points: 12 },
        { code: 'GENERATION_2', text: 'generation 2 runs on nearly every VM size', points: 8 },
        { code: 'SAME_LICENCE', text: 'licence free, as wanted', points: 8 },
        { code: 'PURCHASE_PLAN', text: 'carries a purchase plan, whose terms must be accepted', points: -4 },
      ],
      differences: [
        'package names and versions differ; EPEL is available',
        'SELinux is enforcing, Amazon Linux runs it permissive',
        'AL2023 package names become AppStream modules or third-party repositories',
        'the login ec2-user does not exist: the Azure admin user replaces it, and home paths written into scripts break',
        'instance metadata needs the header Metadata: true and other paths; IMDSv2 tokens have no equivalent',
        'the time source 169.254.169.123 is replaced by the host clock /dev/ptp_hyperv',
        "Amazon kernels and kernel-livepatch are replaced by the distribution's kernel with Hyper-V drivers",
        'disk names /dev/xvda and /dev/nvme* change: use /dev/disk/azure/*; the resource disk is wiped on redeploy',
        'boots UEFI instead of BIOS: boot loader and partition table come from the base',
        'carries a purchase plan: accept its terms once per subscription; the gallery definition and every VM name it',
      ],
      confidence: 'medium',
      live: false,
    });
  });
});

/** What the ranking says of the licences of the bases, each once. */
function licenceReasons(match: BaseMatch): readonly string[] {
  const codes = ['SAME_LICENCE', 'COSTS', 'LICENCE_AT_DEPLOYMENT', 'OTHER_LICENCE'];
  const said = match.candidates.flatMap(({ licence, reasons }) => {
    const found = reasons.filter(({ code }) => codes.includes(code)).map(({ code, points }) => `${code} ${points}`);
    return [`${licence}: ${found.join() || 'nothing'}`];
  });
  return [...new Set(said)].toSorted();
}

describe('a licence', () => {
  test.each<[Licence | undefined, readonly string[], readonly string[]]>([
    [undefined, ['byos: nothing', 'payg: nothing'], ['free: nothing', 'payg: nothing']],
    ['vendor', ['byos: nothing', 'payg: nothing'], ['free: nothing', 'payg: nothing']],
    ['free', ['byos: COSTS -10', 'payg: COSTS -10'], ['free: SAME_LICENCE 8', 'payg: COSTS -10']],
    ['payg', ['payg: SAME_LICENCE 8'], ['free: OTHER_LICENCE -8', 'payg: SAME_LICENCE 8']],
    ['byos', ['byos: SAME_LICENCE 8', 'payg: LICENCE_AT_DEPLOYMENT -2'], ['free: OTHER_LICENCE -8', 'payg: LICENCE_AT_DEPLOYMENT -2']],
  ])('of the AMI that is %s, for bases of RHEL and of Ubuntu', (licence, rhel, ubuntu) => {
    const told = { licence: found(licence) };
    expect([licenceReasons(matched(ami('rhel', '9.6', told))), licenceReasons(matched(ami('ubuntu', '24.04', told)))]).toEqual([
      rhel,
      ubuntu,
    ]);
  });
});

test('an AMI whose architecture nothing tells keeps to its own release, x64 first', () => {
  expect(ranking(matched(ami('debian', '13', { architecture: found(undefined) })))).toEqual([
    '90 Debian:debian-13:13-gen2 V2 low',
    '79 Debian:debian-13:13 V1 low',
    '77 Debian:debian-13:13-arm64 V2 low',
  ]);
});

describe('the first choice', () => {
  test.each<[string, Analysis, string]>([
    ['minimal', ami('ubuntu', '22.04', { variant: found('minimal') }), 'Canonical:ubuntu-22_04-lts:ubuntu-minimal'],
    ['Pro', ami('ubuntu', '24.04', { ...PAYG, variant: found('pro') }), 'Canonical:ubuntu-24_04-lts:ubuntu-pro'],
    ['FIPS', ami('ubuntu', '22.04', { ...PAYG, variant: found('fips-pro') }), 'Canonical:ubuntu-22_04-lts:ubuntu-pro-fips'],
    ['an interim release', ami('ubuntu', '21.10', GRAVITON), 'Canonical:ubuntu-24_04-lts:server-arm64'],
    ['a release without a base for arm64', ami('debian', '10', GRAVITON), 'Debian:debian-13:13-arm64'],
    ['RHEL for SAP', ami('rhel', '9.6', { ...PAYG, variant: found('sap') }), 'RedHat:RHEL-SAP-HA:96sapha-gen2'],
    ['RHEL that is brought along', ami('rhel', '9.6', { licence: found('byos' as const) }), 'RedHat:rhel-byos:rhel-lvm9-gen2'],
    ['RHEL 6, which has ended', ami('rhel', '6.10', PAYG), 'RedHat:RHEL:8-lvm-gen2'],
    ['CentOS 7', ami('centos', '7.9'), 'almalinux:almalinux-x86_64:9-gen2'],
    ['a service pack inside its extension', ami('sles', '15 SP5', PAYG), 'SUSE:sles-15-sp5:gen2'],
    ['a service pack beyond it', ami('sles', '12 SP3', PAYG), 'SUSE:sles-15-sp7:gen2'],
    ['SUSE Linux Micro', ami('sle-micro', '6.0', { licence: found('byos' as const) }), 'suse:sle-micro-6-0-byos:gen2'],
    [
      'SLE Micro 5, which Azure does not sell',
      ami('sle-micro', '5.5', { licence: found('byos' as const) }),
      'suse:sle-micro-6-0-byos:gen2',
    ],
    ['Rocky, whose Azure images name a layout', ami('rocky', '9.4', { variant: found('base') }), 'resf:rockylinux-x86_64:9-base'],
    ['Oracle Linux, the nearest newer point release', ami('oraclelinux', '8.7'), 'Oracle:Oracle-Linux:ol88-lvm-gen2'],
    ['CoreOS', ami('coreos', '1967.5.0', { variant: found('stable') }), 'kinvolk:flatcar-container-linux-free:stable-gen2'],
    ['a Deep Learning AMI', ami('amazon-linux', '2', { variant: found('hpc') }), 'almalinux:almalinux-hpc:9-hpc-gen2'],
    [
      'Server Core',
      ami('windows-server', '2016', { ...WINDOWS, variant: found('core') }),
      'MicrosoftWindowsServer:WindowsServer:2016-datacenter-server-core-g2',
    ],
    [
      'SQL Server, the nearest newer version of the same edition',
      ami('windows-server', '2022', { ...WINDOWS, variant: found('sql-2017-standard') }),
      'MicrosoftSQLServer:sql2019-ws2022:standard-gen2',
    ],
    [
      'Windows Server 2012 R2, which has ended',
      ami('windows-server', '2012 R2', WINDOWS),
      'MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2',
    ],
    ['a version that no catalog lists', ami('debian', '5'), 'Debian:debian-13:13-gen2'],
    ['an unknown architecture', ami('ubuntu', '24.04', { architecture: found<'x64'>(undefined) }), 'Canonical:ubuntu-24_04-lts:server'],
  ])('%s', (_, analysis, first) => {
    expect(matched(analysis).candidates.map(image)[0]).toBe(first);
  });

  test('SQL Server tells the version that it will be', () => {
    const match = matched(ami('windows-server', '2022', { ...WINDOWS, variant: found('sql-2017-standard') }));
    expect(match.chosen?.differences).toContain('carries version 2019, the AMI 2017: databases are upgraded when attached');
  });

  test('a word that the catalog does not know is a difference all the same', () => {
    const match = matched(ami('debian', '13', { variant: found('frobnicator') }));
    expect(match.chosen?.differences[0]).toBe('the AMI is an image of the kind frobnicator, this one is not: install or configure it');
  });

  test('an unknown architecture is never more than a guess', () => {
    expect(matched(ami('ubuntu', '24.04', { architecture: found<'x64'>(undefined) })).confidence).toBe('low');
  });

  test('an unknown version is shown on the newest supported release, and asked for', () => {
    const match = matched(ami('debian', undefined));
    expect([ranking(match), match.confidence, issuesOf(match)]).toEqual([
      ['70 Debian:debian-13:13-gen2 V2 low'],
      'low',
      ['question UNKNOWN_VERSION'],
    ]);
  });
});
