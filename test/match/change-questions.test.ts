import { describe, expect, test } from 'vitest';
import { match } from '../../src/match/index.ts';
import type { Analysis, BaseMatch, Question } from '../../src/model/index.ts';
import { fakeContext } from '../fakes/context.ts';
import { fakeMarketplace } from '../fakes/marketplace.ts';
import { aSpec } from '../fakes/values.ts';
import { ami, CATALOG, found, image, issuesOf, matched } from './told.ts';

const PAYG = { licence: found('payg' as const) };
const AGREED = { successor: [], without: [], source: [] };

/** Code and offered answers of each question that is not about licences. */
function asked({ questions }: BaseMatch): readonly (readonly [string, readonly string[], string | undefined])[] {
  const changes = questions.filter(({ code }) => code !== 'LICENCE_CHOICE');
  return changes.map(({ code, options, answer }: Question) => [code, options.map(({ value }) => value), answer]);
}

function sold(analysis: Analysis, urns: readonly string[]): Promise<BaseMatch> {
  const marketplace = fakeMarketplace(Object.fromEntries(urns.map((urn) => [urn, {}])));
  return match(aSpec({ licence: 'payg' }), analysis, fakeContext({ marketplace }, CATALOG));
}

describe('another release or distribution is a question', () => {
  test.each<[string, Analysis, string, readonly string[]]>([
    ['Debian 11, past its extension', ami('debian', '11'), 'Debian:debian-13:13-gen2', ['debian-13', 'debian-12']],
    ['Ubuntu 14.04', ami('ubuntu', '14.04'), 'Canonical:ubuntu-24_04-lts:server', ['ubuntu-24.04', 'ubuntu-22.04']],
    ['CentOS 6, past its end', ami('centos', '6.10'), 'almalinux:almalinux-x86_64:9-gen2', ['almalinux-9']],
    ['Fedora, which Azure does not sell', ami('fedora', '41'), 'almalinux:almalinux-x86_64:9-gen2', ['almalinux-9']],
  ])('%s', (_, analysis, base, first) => {
    const result = matched(analysis);
    const [question] = asked(result);
    expect([result.chosen && image(result.chosen), question?.[0], question?.[1].slice(0, first.length), question?.[2]]).toEqual([
      base,
      'SUCCESSOR_CHOICE',
      first,
      undefined,
    ]);
    expect(issuesOf(result)).toContain('question SUCCESSOR_CHOICE');
  });

  test('says what changes, until when each lasts, and where to answer', () => {
    const issue = matched(ami('windows-server', '2012 R2', PAYG), { licence: 'payg' }).issues.find(
      ({ severity }) => severity === 'question',
    );
    expect(issue).toEqual({
      severity: 'question',
      code: 'SUCCESSOR_CHOICE',
      message:
        "the AMI's Windows Server 2012 R2 left standard support on 2023-10-10: Windows Server 2022 (in standard support until 2031-10-14) is to take its place",
      hint: expect.stringMatching(
        /^set `accept\.successor` for web in images\.yaml, or under `defaults` for all: windows-server-2022 = MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2 \(in standard support until 2031-10-14\): in-place rules do not apply.* · windows-server-2025 = .*; or name another `base:`$/,
      ),
      image: 'web',
    });
  });

  test('is answered in the manifest, for this image or for all', () => {
    const result = matched(ami('debian', '11'), { accept: { ...AGREED, successor: ['ubuntu-24.04', 'debian-13'] } });
    expect([asked(result)[0]?.[2], issuesOf(result)]).toEqual(['debian-13', ['warning EOL_SOURCE']]);
  });

  test('the answer chooses among successors, and never moves an image that may stay', () => {
    const accept = { ...AGREED, successor: ['debian-12', 'azure-linux-3'] };
    const first = (distro: string, version: string) => matched(ami(distro, version), { accept }).candidates.map(image)[0];
    expect([first('amazon-linux', '2023'), first('debian', '11'), first('ubuntu', '20.04'), first('ubuntu', '24.04')]).toEqual([
      'MicrosoftCBLMariner:azure-linux-3:azure-linux-3-gen2',
      'Debian:debian-12:12-gen2',
      matched(ami('ubuntu', '20.04')).candidates.map(image)[0],
      'Canonical:ubuntu-24_04-lts:server',
    ]);
  });

  test('a base that the user names is an answer too', () => {
    expect(asked(matched(ami('debian', '11'), { base: 'Debian:debian-12:12-gen2' }))).toEqual([]);
  });

  test('the note names the base that was chosen, not the first in the catalog', () => {
    const said = matched(ami('centos', '7.9'), { accept: { ...AGREED, successor: ['rocky-9'] } });
    expect(said.issues.find(({ code }) => code === 'EOL_SOURCE')?.hint).toBe(
      'resf:rockylinux-x86_64:9-base takes its place: Rocky Linux 9, in standard support until 2032-05-31',
    );
  });
});

describe('remaining support counts', () => {
  test.each([
    ['amazon-linux', '2023', 'almalinux:almalinux-x86_64:9-gen2'],
    ['fedora', '42', 'almalinux:almalinux-x86_64:9-gen2'],
    ['ubuntu', '16.04', 'Canonical:ubuntu-24_04-lts:server'],
    ['windows-server', '2008 R2', 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2'],
  ])('%s %s goes to what lasts', (distro, version, base) => {
    expect(matched(ami(distro, version)).candidates.map(image)[0]).toBe(base);
  });

  test('the reasons tell the dates', () => {
    const short = matched(ami('amazon-linux', '2023')).candidates.find(({ distro }) => distro === 'azure-linux');
    expect(short?.reasons[1]).toEqual({
      code: 'SUPPORT_ENDS_SOON',
      text: "in standard support until 2027-08-31 only, the AMI's own release until 2029-06-30",
      points: -6,
    });
  });
});

describe('product words bind', () => {
  test.each<[string, Analysis, readonly string[]]>([
    ['a Japanese Windows', ami('windows-server', '2022', { ...PAYG, language: found('japanese') }), ['japanese']],
    ['a Portuguese one', ami('windows-server', '2019', { ...PAYG, language: found('portuguese-brazil') }), ['portuguese-brazil']],
    ['an English one', ami('windows-server', '2022', { ...PAYG, language: found('english') }), []],
    ['FIPS where no FIPS image is', ami('debian', '13', { variant: found('fips') }), ['fips']],
    ['CIS where CIS sells none', ami('sles', '16.0', { variant: found('cis-l1') }), ['cis']],
    ['STIG', ami('windows-server', '2022', { ...PAYG, variant: found('stig') }), ['stig']],
    ['a Deep Learning AMI', ami('ubuntu', '22.04', { variant: found('hpc'), amiFamily: found('dlami') }), ['deeplearning']],
    ['another SQL Server', ami('windows-server', '2016', { ...PAYG, variant: found('sql-2014-standard') }), ['sql-2014']],
    ['Server Core, which is another shape and no product', ami('windows-server', '2012 R2', { ...PAYG, variant: found('core') }), []],
    ['Pro, and the answer that it is wanted free', ami('ubuntu', '24.04', { licence: found('payg' as const), variant: found('pro') }), []],
  ])('%s', (_, analysis, words) => {
    const result = matched(analysis, {
      licence: analysis.variant.value === 'pro' ? 'free' : 'payg',
      accept: { ...AGREED, successor: ['windows-server-2022'] },
    });
    expect(asked(result).flatMap(([code, options]) => (code === 'PRODUCT_CHOICE' ? options : []))).toEqual(words);
    if (words.length > 0) expect(result.confidence).toBe('low');
  });

  test('the answer lets the image go on, and the loss stays in its differences', () => {
    const japanese = ami('windows-server', '2022', { ...PAYG, language: found('japanese') });
    const result = matched(japanese, { licence: 'payg', accept: { ...AGREED, without: ['japanese'] } });
    expect([issuesOf(result), asked(result), result.chosen?.differences[0]]).toEqual([
      [],
      [['PRODUCT_CHOICE', ['japanese'], 'japanese']],
      'the AMI is an image of the kind japanese, this one is not: Azure sells Windows Server in English: add the language pack and set system locale, keyboard and time formats with a step of yours',
    ]);
  });
});

describe('a live check that loses a base', () => {
  test.each<[string, Analysis, readonly string[], string, readonly string[]]>([
    [
      'goes to the next of the same product, of another offer or the same',
      ami('rhel', '8.7', { ...PAYG, variant: found('ha') }),
      ['RedHat:RHEL-HA:80-gen2', 'RedHat:RHEL:8-lvm-gen2'],
      'RedHat:RHEL-HA:80-gen2',
      [],
    ],
    [
      'asks when only the plain system is left: RHEL without HA',
      ami('rhel', '8.7', { ...PAYG, variant: found('ha') }),
      ['RedHat:RHEL:8-lvm-gen2'],
      'RedHat:RHEL:8-lvm-gen2',
      ['warning BASE_REPLACED', 'question PRODUCT_CHOICE'],
    ],
    [
      'SLES without SAP',
      ami('sles', '15 SP6', { ...PAYG, variant: found('sap') }),
      ['SUSE:sles-15-sp6:gen2'],
      'SUSE:sles-15-sp6:gen2',
      ['warning BASE_REPLACED', 'question PRODUCT_CHOICE'],
    ],
    [
      'SQL Server keeps being SQL Server when its edition is not sold',
      ami('windows-server', '2022', { ...PAYG, variant: found('sql-2022-web') }),
      ['MicrosoftSQLServer:sql2022-ws2022:enterprise-gen2', 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2'],
      'MicrosoftSQLServer:sql2022-ws2022:enterprise-gen2',
      ['warning BASE_REPLACED', 'question PRODUCT_CHOICE'],
    ],
  ])('%s', async (_, analysis, urns, base, issues) => {
    const result = await sold(analysis, urns);
    expect([result.chosen && image(result.chosen), issuesOf(result).filter((issue) => !issue.endsWith('EOL_SOURCE'))]).toEqual([
      base,
      issues,
    ]);
  });

  test('says what was lost', async () => {
    const result = await sold(ami('rhel', '8.7', { ...PAYG, variant: found('ha') }), ['RedHat:RHEL:8-lvm-gen2']);
    expect(result.issues.find(({ code }) => code === 'BASE_REPLACED')?.message).toBe(
      'RedHat:RHEL-HA:8_8-gen2: not sold in northeurope to this subscription; RedHat:RHEL:8-lvm-gen2 takes its place, without ha',
    );
  });
});
