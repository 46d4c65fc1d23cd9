import { describe, expect, test } from 'vitest';
import { match } from '../../src/match/index.ts';
import type { Analysis, Candidate, ImageSpec } from '../../src/model/index.ts';
import { planMachine } from '../../src/plan/machine.ts';
import { fakeContext } from '../fakes/context.ts';
import { fakeMarketplace } from '../fakes/marketplace.ts';
import { aSpec } from '../fakes/values.ts';
import { ami, CATALOG, found, image, issuesOf, matched } from './told.ts';

const DEBIAN = 'Debian:debian-13:13-gen2';

async function live(analysis: Analysis, sold: Parameters<typeof fakeMarketplace>[0], change: Partial<ImageSpec> = {}, accepted?: boolean) {
  const marketplace = fakeMarketplace(sold, accepted);
  return { result: await match(aSpec(change), analysis, fakeContext({ marketplace }, CATALOG)), asked: marketplace.asked };
}

describe('the live check', () => {
  test('pins the newest version and stops at the first confirmed candidate: two calls', async () => {
    const { result, asked } = await live(ami('debian', '13'), { [DEBIAN]: { version: '0.20261101.2' } });
    expect([result.chosen?.urn, result.chosen?.live, result.issues, asked]).toEqual([
      { publisher: 'Debian', offer: 'debian-13', sku: '13-gen2', version: '0.20261101.2' },
      true,
      [],
      ['versions sub northeurope Debian:debian-13:13-gen2', 'facts sub northeurope Debian:debian-13:13-gen2:0.20261101.2'],
    ]);
  });

  test('takes generation, features and plan from Azure, not from the catalog', async () => {
    const plan = { publisher: 'debian', product: 'debian-13', name: '13-gen2' };
    const features = [{ name: 'DiskControllerTypes', value: 'SCSI, NVMe' }];
    const { result } = await live(ami('debian', '13'), { [DEBIAN]: { features, plan } }, {}, true);
    expect([result.chosen?.features, result.chosen?.plan, result.chosen?.reasons.at(-1)]).toEqual([
      features,
      plan,
      { code: 'PURCHASE_PLAN', text: 'carries a purchase plan, whose terms must be accepted', points: -4 },
    ]);
  });

  test.each([
    ['ubuntu', '26.04'],
    ['debian', '13'],
    ['almalinux', '10'],
    ['oraclelinux', '10'],
    ['sles', '16.0'],
    ['rhel', '10.0'],
  ])('what the catalog cannot know of the security of a base younger than its source, Azure says: %s %s', async (distro, version) => {
    const analysis = ami(distro, version, { bootMode: found('uefi' as const), licence: found('byos' as const) });
    const offline = matched(analysis).candidates.find(({ generation }) => generation === 'V2');
    if (offline === undefined) throw new Error(`no base of ${distro} ${version}`);
    const features = [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }];
    const { result } = await live(analysis, { [image(offline)]: { features } }, { base: image(offline) }, true);
    const securityOf = (base: Candidate | undefined) => base && planMachine(aSpec(), base, CATALOG).security;
    expect([securityOf(offline), securityOf(result.chosen)]).toEqual(['Standard', 'TrustedLaunchSupported']);
  });

  test('refuses a base that turns out to be of another generation than asked for', async () => {
    const { result } = await live(ami('debian', '13'), { [DEBIAN]: { generation: 'V1' } }, { generation: 'V2' });
    expect([result.chosen, issuesOf(result)]).toEqual([undefined, ['error BASE_NOT_SOLD']]);
  });

  test('goes on to the next candidate when the best is not sold there', async () => {
    const { result } = await live(ami('debian', '13'), { 'Debian:debian-13:13': { generation: 'V1' } });
    expect([result.chosen?.base, result.candidates.map(({ base }) => base), result.rejected.at(-1)]).toEqual([
      'debian-13-13',
      ['debian-13-13'],
      { base: 'debian-13-13-gen2', urn: 'Debian:debian-13:13-gen2:latest', reason: 'not sold in northeurope to this subscription' },
    ]);
  });

  test('says where the answer is where nothing is sold', async () => {
    const { result } = await live(ami('debian', '13'), { [DEBIAN]: { generation: 'V1' } }, { generation: 'V2' });
    const { message, hint } = result.issues.find(({ code }) => code === 'BASE_NOT_SOLD') ?? {};
    expect(hint).toBe('name another one with `base:`, or another `location:`');
    expect(message).toMatch(/^no base is left in northeurope: Debian:debian-13:13-gen2 \(it is generation V1, images\.yaml asks for V2\)/);
  });

  test('refuses an image of another system, whoever named it', async () => {
    const named = { base: 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2' };
    const { result } = await live(ami('debian', '13'), { [named.base]: { osType: 'Windows' } }, named);
    expect([result.chosen, issuesOf(result).filter((issue) => issue.startsWith('error')), result.rejected.at(-1)?.reason]).toEqual([
      undefined,
      ['error BASE_NOT_SOLD'],
      'it is an image of Windows, the AMI is of linux',
    ]);
  });

  test('asks about five candidates at most, and says what it asked', async () => {
    const { result, asked } = await live(ami('amazon-linux', '2023'), {});
    expect([asked.length, result.chosen, result.issues.find(({ severity }) => severity === 'error')?.message]).toEqual([
      5,
      undefined,
      `no base is left in northeurope: ${[
        'almalinux:almalinux-x86_64:9-gen2',
        'resf:rockylinux-x86_64:9-base',
        'MicrosoftCBLMariner:azure-linux-3:azure-linux-3-gen2',
        'RedHat:RHEL:9-lvm-gen2',
        'Canonical:ubuntu-24_04-lts:server',
      ]
        .map((urn) => `${urn} (not sold in northeurope to this subscription)`)
        .join(', ')}`,
    ]);
  });

  test('a private offer that is missing is not asked for again', async () => {
    const rhel = ami('rhel', '9.6', { licence: found('byos' as const) });
    const { result, asked } = await live(rhel, { 'RedHat:RHEL:9-lvm-gen2': {} }, { licence: 'byos' });
    expect([result.chosen?.base, asked.map((question) => question.split(' ').at(-1))]).toEqual([
      'rhel-9-lvm-gen2',
      ['RedHat:rhel-byos:rhel-lvm9-gen2', 'RedHat:RHEL:9-lvm-gen2', 'RedHat:RHEL:9-lvm-gen2:1.0.0'],
    ]);
  });

  test('after a private offer that is missing, another offer is asked before the second image of the same, though that stands higher', async () => {
    const rhel = ami('rhel', '8.6', { licence: found('byos' as const) });
    const { result, asked } = await live(
      rhel,
      { 'RedHat:RHEL:8-lvm-gen2': {}, 'RedHat:rhel-byos:rhel-lvm86-gen2': {} },
      { licence: 'byos' },
    );
    expect([result.chosen?.base, asked.map((question) => question.split(' ').at(-1))]).toEqual([
      'rhel-8-lvm-gen2',
      ['RedHat:rhel-byos:rhel-lvm8-gen2', 'RedHat:RHEL:8-lvm-gen2', 'RedHat:RHEL:8-lvm-gen2:1.0.0'],
    ]);
  });

  test('where every offer of the release misses one, its other images are asked before another release', async () => {
    const { result, asked } = await live(ami('debian', '12'), { 'Debian:debian-13:13-gen2': {} });
    expect([result.chosen?.base, asked.map((question) => question.split(' ').at(-1))]).toEqual([
      'debian-13-13-gen2',
      ['Debian:debian-12:12-gen2', 'Debian:debian-12:12', 'Debian:debian-13:13-gen2', 'Debian:debian-13:13-gen2:1.0.0'],
    ]);
  });

  test('a deprecated base is dropped and its successor named', async () => {
    const gone = { state: 'Deprecated', alternative: 'Offer debian-14' } as const;
    const { result } = await live(ami('debian', '13'), { [DEBIAN]: { deprecation: gone }, 'Debian:debian-13:13': { generation: 'V1' } });
    expect([result.chosen?.base, result.rejected.at(-1)?.reason, result.issues]).toEqual([
      'debian-13-13',
      'version 1.0.0 is deprecated; its publisher names Offer debian-14 instead',
      [
        {
          severity: 'warning',
          code: 'BASE_DEPRECATED',
          message: 'Debian:debian-13:13-gen2:1.0.0 is deprecated',
          hint: 'its publisher names Offer debian-14 instead',
          image: 'web',
          place: { file: 'images.yaml', line: 10, column: 3 },
        },
      ],
    ]);
  });

  test('one that will be deprecated is kept, with a warning', async () => {
    const soon = { state: 'ScheduledForDeprecation', scheduled: '2027-02-01' } as const;
    const { result } = await live(ami('debian', '13'), { [DEBIAN]: { deprecation: soon } });
    expect([result.chosen?.live, result.issues.map(({ message }) => message)]).toEqual([
      true,
      ['Debian:debian-13:13-gen2:1.0.0 is deprecated from 2027-02-01 on'],
    ]);
  });

  test('asks nothing where no base is wanted', async () => {
    const { asked } = await live(ami('amazon-linux', '2023', { amiFamily: found('eks-al2023') }), {});
    expect(asked).toEqual([]);
  });
});

describe('a base that the user names, live', () => {
  test('with a version is asked for that version only', async () => {
    const { result, asked } = await live(ami('debian', '13'), { [DEBIAN]: { version: '0.1.2' } }, { base: `${DEBIAN}:0.1.2` });
    expect([result.chosen?.urn.version, asked]).toEqual(['0.1.2', ['facts sub northeurope Debian:debian-13:13-gen2:0.1.2']]);
  });

  test('that does not exist is an error with its name', async () => {
    const { result } = await live(ami('debian', '13'), {}, { base: 'Debian:debian-13:13-gen3' });
    expect(result.issues.find(({ severity }) => severity === 'error')).toEqual({
      severity: 'error',
      code: 'BASE_NOT_SOLD',
      message: 'no base is left in northeurope: Debian:debian-13:13-gen3 (not sold in northeurope to this subscription)',
      hint: 'correct `base:`, or choose another `location:`',
      image: 'web',
      place: { file: 'images.yaml', line: 10, column: 3 },
    });
  });
});

describe('purchase terms', () => {
  const ALMA = {
    'almalinux:almalinux-x86_64:9-gen2': {
      plan: { publisher: 'almalinux', product: 'almalinux-x86_64', name: '9-gen2' },
      version: '9.8.1',
    },
  };
  const HINT = 'az vm image terms accept --urn almalinux:almalinux-x86_64:9-gen2:9.8.1 --subscription sub';

  test.each([
    [true, []],
    [false, [{ severity: 'error', code: 'TERMS_NOT_ACCEPTED', hint: HINT }]],
  ])('accepted: %s', async (accepted, expected) => {
    const { result } = await live(ami('almalinux', '9.4'), ALMA, {}, accepted);
    expect(result.issues.map(({ severity, code, hint }) => ({ severity, code, hint }))).toEqual(expected);
  });

  test('are asked for once, and a refusal to tell is a warning', async () => {
    const marketplace = { ...fakeMarketplace(ALMA), termsAccepted: async () => undefined };
    const result = await match(aSpec(), ami('almalinux', '9.4'), fakeContext({ marketplace }, CATALOG));
    expect(issuesOf(result)).toEqual(['warning TERMS_UNKNOWN']);
  });
});
