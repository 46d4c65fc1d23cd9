import { describe, expect, test } from 'vitest';
import { anAnalysis } from '../fakes/values.ts';
import { ami, found, image, issuesOf, matched } from './told.ts';

describe('what the user asks of the base', () => {
  test('generation V1 leaves only what boots BIOS', () => {
    const match = matched(ami('ubuntu', '24.04'), { generation: 'V1' });
    expect(match.candidates.map(({ generation }) => generation)).toEqual(['V1', 'V1', 'V1', 'V1']);
    expect(match.rejected).toContainEqual({
      base: 'ubuntu-24-04-lts-server',
      urn: 'Canonical:ubuntu-24_04-lts:server:latest',
      reason: 'it is generation V2, images.yaml asks for V1',
    });
  });

  test.each([
    ['security', { security: 'TrustedLaunchSupported' as const }, 'it is generation V1, TrustedLaunchSupported needs V2'],
    ['controllers', { controllers: ['SCSI' as const, 'NVMe' as const] }, 'it is generation V1, an NVMe disk controller needs V2'],
  ])('%s that needs generation 2 excludes generation 1', (_, wishes, reason) => {
    expect(matched(ami('debian', '13'), wishes).rejected).toContainEqual({
      base: 'debian-13-13',
      urn: 'Debian:debian-13:13:latest',
      reason,
    });
  });

  test('an AMI that boots UEFI only is never put on generation 1', () => {
    const match = matched(ami('debian', '13', { bootMode: found('uefi' as const) }));
    expect([match.candidates.map(image), match.rejected[0]?.reason]).toEqual([
      ['Debian:debian-13:13-gen2'],
      'it is generation V1, which boots BIOS; the AMI boots UEFI only',
    ]);
  });

  test('generation V1 on arm64 leaves nothing, and says why', () => {
    const match = matched(ami('debian', '13', { architecture: found('arm64' as const) }), { generation: 'V1' });
    expect([match.chosen, match.verdict, match.issues]).toEqual([
      undefined,
      'catalog',
      [
        {
          severity: 'error',
          code: 'NO_BASE',
          message: 'no base fits debian 13: it is x64, the AMI is arm64; it is generation V2, images.yaml asks for V1',
          hint: 'change `base:`, `generation:`, `security:` or `controllers:` of the image in images.yaml',
          image: 'web',
        },
      ],
    ]);
  });
});

describe('a base that the user names', () => {
  test('is taken, scored and explained, and nothing else is', () => {
    const match = matched(ami('amazon-linux', '2'), { base: 'resf:rockylinux-x86_64:9-base' });
    expect([match.candidates.map(image), match.chosen?.reasons[0], match.confidence]).toEqual([
      ['resf:rockylinux-x86_64:9-base'],
      { code: 'SUCCESSOR', text: "Rocky Linux 9 follows the AMI's release", points: 33 },
      'medium',
    ]);
  });

  test('may be another distribution altogether', () => {
    const match = matched(ami('ubuntu', '24.04'), { base: 'Debian:debian-13:13-gen2' });
    expect(match.chosen?.reasons[0]).toEqual({ code: 'CHOSEN_BY_USER', text: 'Debian 13: named in images.yaml', points: 0 });
  });

  const DISTRIBUTION = 'package names, versions and tools are those of another distribution';

  test.each([
    ['ubuntu', '24.04', 'RedHat:RHEL:9-lvm-gen2', `Red Hat Enterprise Linux 9 instead of Ubuntu 24.04 LTS: ${DISTRIBUTION}`, 'medium'],
    ['rhel', '9.4', 'Debian:debian-13:13-gen2', `Debian 13 instead of Red Hat Enterprise Linux 9: ${DISTRIBUTION}`, 'medium'],
    ['centos', undefined, 'Debian:debian-13:13-gen2', `Debian 13 instead of centos: ${DISTRIBUTION}`, 'low'],
    [
      ...(['ubuntu', '24.04', 'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2'] as const),
      ...(['Ubuntu 22.04 LTS, an older release, instead of Ubuntu 24.04 LTS', 'medium'] as const),
    ],
    [
      ...(['debian', '12', 'Canonical:ubuntu-24_04-lts:server'] as const),
      ...([`Ubuntu 24.04 LTS instead of Debian 12: ${DISTRIBUTION}`, 'medium'] as const),
    ],
    ['ubuntu', '24.04', 'Canonical:ubuntu-24_04-lts:server', undefined, 'high'],
    [undefined, undefined, 'Debian:debian-13:13-gen2', undefined, 'none'],
  ] as const)('tells what becomes of %s %s on %s', (distro, version, base, difference, confidence) => {
    const match = matched(ami(distro, version), { base });
    const [first] = match.chosen?.differences ?? [];
    expect([first?.startsWith('boots') ? undefined : first, match.confidence]).toEqual([difference, confidence]);
  });

  test.each([
    ['Windows with SQL Server', 'windows-server', '2022', 'MicrosoftSQLServer:sql2022-ws2022:enterprise-gen2', ['sql', 'enterprise']],
    ['Red Hat with high availability', 'rhel', '9.2', 'RedHat:RHEL-HA:9_2-gen2', ['ha']],
    ['Red Hat for SAP', 'rhel', '9.4', 'RedHat:RHEL-SAP-HA:94sapha-gen2', ['sap', 'ha']],
    ['Ubuntu Pro', 'ubuntu', '24.04', 'Canonical:ubuntu-24_04-lts:ubuntu-pro', ['pro']],
  ])('may carry a product that nothing says of the AMI, and says so: %s', (_name, distro, version, base, words) => {
    const match = matched(ami(distro, version), { base, licence: 'payg' });
    expect(match.chosen?.differences).toEqual(
      expect.arrayContaining(words.map((word) => `this is an image of the kind ${word}, the AMI is not`)),
    );
  });

  test.each([
    ['a node image of EKS', ami('amazon-linux', '2023', { amiFamily: found('eks-al2023') })],
    ['what a seller sells', ami(undefined, undefined, { ami: { ...anAnalysis().ami, productCodes: [{ id: 'x', type: 'marketplace' }] } })],
    ['a system that Azure does not carry', ami('macos', '14.4.1', { osFamily: found('macos' as const), amiFamily: found('macos') })],
  ])('answers for %s: it is built on all the same', (_name, analysis) => {
    const match = matched(analysis, { base: 'resf:rockylinux-x86_64:9-base' });
    expect(match.candidates.map(image)).toEqual(['resf:rockylinux-x86_64:9-base']);
    expect(issuesOf(match).filter((issue) => !issue.startsWith('warning'))).toEqual([]);
  });

  test('is found in whatever case it is written', () => {
    expect(matched(ami('rhel', '9.4'), { base: 'redhat:rhel:9-LVM-gen2:latest', licence: 'payg' }).chosen?.base).toBe('rhel-9-lvm-gen2');
  });

  test('settles an unknown operating system', () => {
    const match = matched(ami(undefined, undefined, { stock: found(false) }), { base: 'Debian:debian-13:13-gen2' });
    expect([match.verdict, match.chosen?.base, issuesOf(match)]).toEqual(['rebuild', 'debian-13-13-gen2', []]);
  });

  test('must fit the architecture', () => {
    const match = matched(ami('debian', '13'), { base: 'Debian:debian-13:13-arm64' });
    expect([match.chosen, match.issues]).toEqual([
      undefined,
      [
        {
          severity: 'error',
          code: 'BASE_UNFIT',
          message: 'base Debian:debian-13:13-arm64 cannot carry the image: it is arm64, the AMI is x64',
          hint: 'change `base:`, `generation:`, `security:` or `controllers:` of the image in images.yaml',
          image: 'web',
        },
      ],
    ]);
  });

  test('that the catalog lacks is taken with little confidence until Azure is asked', () => {
    const match = matched(ami('debian', '13'), { base: 'contoso:debian-hardened:13' });
    expect([match.confidence, issuesOf(match)]).toEqual(['low', ['info BASE_UNCATALOGUED']]);
  });

  test.each(['debian-13', 'a:b', 'a:b:c:d:e', 'a:b:$(id)'])('%s is no URN', (base) => {
    expect(matched(ami('debian', '13'), { base }).issues).toEqual([
      {
        severity: 'error',
        code: 'BASE_INVALID',
        message: `base ${base} is no image URN`,
        hint: 'write publisher:offer:sku or publisher:offer:sku:version',
        image: 'web',
      },
    ]);
  });
});
