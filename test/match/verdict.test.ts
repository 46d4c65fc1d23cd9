import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../src/model/index.ts';
import { ami, found, issuesOf, matched } from './told.ts';

const MARKETPLACE = { productCodes: [{ id: '8enaazwzxnn2uypvc4p8u39da', type: 'marketplace' }] };

function soldOnMarketplace(analysis: Analysis): Analysis {
  return { ...analysis, ami: { ...analysis.ami, ...MARKETPLACE } };
}

describe('the verdict', () => {
  test.each<[string, Analysis, string, readonly string[]]>([
    ['a public AMI', ami('debian', '13'), 'catalog', []],
    ['a golden AMI on a known system', ami('debian', '13', { stock: found(false) }), 'rebuild', []],
    ['an AMI that nothing is known of', ami(undefined, undefined, { stock: found(false) }), 'rebuild', ['question UNKNOWN_OS']],
    [
      'a node image',
      ami('amazon-linux', '2023', { amiFamily: found('eks-al2023') }),
      'different-service',
      ['warning NO_AZURE_EQUIVALENT', 'error DIFFERENT_SERVICE'],
    ],
    [
      'a node image of a distribution that nothing tells',
      ami(undefined, undefined, { amiFamily: found('eks-al2023') }),
      'different-service',
      ['error DIFFERENT_SERVICE'],
    ],
    [
      'a Mac',
      ami('macos', '14.4.1', { osFamily: found('macos' as const), amiFamily: found('macos') }),
      'unsupported',
      ['warning NO_AZURE_EQUIVALENT', 'error UNSUPPORTED'],
    ],
    ['an appliance', soldOnMarketplace(ami(undefined, undefined)), 'vendor', ['error VENDOR_PRODUCT']],
    [
      'software that a seller put on a known system',
      soldOnMarketplace(ami('rhel', '6')),
      'vendor',
      ['warning EOL_SOURCE', 'error VENDOR_PRODUCT'],
    ],
    [
      'a golden AMI on a known system that inherited a product code',
      soldOnMarketplace(ami('debian', '13', { stock: found(false) })),
      'rebuild',
      [],
    ],
    [
      'a known system that a seller packaged',
      soldOnMarketplace(ami('centos', '8.2', { amiFamily: found('centos-third-party', 'medium') })),
      'catalog',
      ['warning EOL_SOURCE', 'question SUCCESSOR_CHOICE'],
    ],
    [
      'a system without a base for its architecture',
      ami('oraclelinux', '10.0', { architecture: found('arm64' as const) }),
      'unsupported',
      ['error NO_BASE'],
    ],
  ])('%s', (_, analysis, verdict, issues) => {
    const match = matched(analysis);
    expect([match.verdict, issuesOf(match)]).toEqual([verdict, issues]);
  });

  test.each([
    ['FreeBSD', ami('freebsd', '14.1', { osFamily: found('bsd' as const) }), {}, 'FreeBSD 14'],
    ['Flatcar', ami('flatcar', '3510.2.8', { variant: found('stable') }), {}, 'Flatcar Container Linux'],
    ['CoreOS, whose successor is Flatcar', ami('coreos', '1967.5.0', { variant: found('stable') }), {}, 'Flatcar Container Linux'],
    [
      'a base that the user chose',
      ami('debian', '13'),
      { base: 'kinvolk:flatcar-container-linux-free:stable-gen2' },
      'Flatcar Container Linux',
    ],
  ])('a base that no guest script changes is found, and nothing is built on it: %s', (_name, analysis, wishes, title) => {
    const match = matched(analysis, wishes);
    expect(match.chosen).toBeDefined();
    expect(match.issues.filter(({ severity }) => severity === 'error')).toEqual([
      {
        severity: 'error',
        code: 'GUEST_UNSUPPORTED',
        message: `regild changes no ${title} from inside: it has no scripts for that system`,
        hint: expect.stringMatching(/docs\/explanation\/guest\.md/),
        image: 'web',
      },
    ]);
  });

  test('a node image is shown the way to the service that replaces it', () => {
    const match = matched(ami('amazon-linux', '2023', { amiFamily: found('eks-al2023') }));
    expect([match.candidates, match.issues.at(-1)]).toEqual([
      [],
      {
        severity: 'error',
        code: 'DIFFERENT_SERVICE',
        message: 'the AMI belongs to a service that Azure offers in another form',
        hint: 'use Azure Kubernetes Service instead',
        image: 'web',
      },
    ]);
  });

  test('an unknown system is told what would settle it', () => {
    expect(matched(ami(undefined, undefined, { stock: found(false) })).issues).toEqual([
      {
        severity: 'question',
        code: 'UNKNOWN_OS',
        message: 'nothing that EC2 says about ami-0abc1234def567890 tells its operating system',
        hint: 'read /etc/os-release on an instance or in its snapshot, then set `base:` for web in images.yaml',
        image: 'web',
      },
    ]);
  });

  test('without a base there is always an issue that stops the image', () => {
    const without = [
      ami(undefined, undefined),
      ami('macos', '14'),
      ami('oraclelinux', '10.0', { architecture: found('arm64' as const) }),
    ].map((analysis) => matched(analysis));
    expect(
      without.map(({ chosen, issues }) => [chosen, issues.some(({ severity }) => severity === 'error' || severity === 'question')]),
    ).toEqual(Array(3).fill([undefined, true]));
  });
});

describe('notes for the planner', () => {
  test('a release past its standard support is named with its date and successor', () => {
    expect(matched(ami('debian', '12')).issues).toEqual([
      {
        severity: 'warning',
        code: 'EOL_SOURCE',
        message: 'Debian 12 left standard support on 2026-07-11',
        hint: 'it stays on Debian 12: plan the move to Debian 13, in standard support until 2028-08-09',
        source: 'endoflife.date release data of 2026-08-22',
        image: 'web',
      },
    ]);
  });

  test('a version older than every listed one is past its support too', () => {
    expect(issuesOf(matched(ami('debian', '5')))).toEqual(['warning EOL_SOURCE', 'warning VERSION_UNLISTED', 'question SUCCESSOR_CHOICE']);
  });

  test('what analyze has said is not said again', () => {
    const said = { severity: 'warning', code: 'VERSION_UNLISTED', message: 'known already' } as const;
    expect(issuesOf(matched(ami('debian', '5', { issues: [said] })))).toEqual(['warning EOL_SOURCE', 'question SUCCESSOR_CHOICE']);
  });
});
