import { describe, expect, test } from 'vitest';
import type { Ami, AmiUse, Analysis, BaseMatch } from '../../src/model/index.ts';
import { adviceFor, overallAdvice } from '../../src/survey/advice.ts';
import { found } from '../match/told.ts';
import { judgedAs } from './judged-as.ts';

function running(...types: readonly string[]): AmiUse {
  return { instances: types.map((type, index) => ({ id: `i-${index}`, type })), launchTemplates: [] };
}

const two = [
  { device: '/dev/xvda', kind: 'ebs', root: true },
  { device: '/dev/sdf', kind: 'ebs', root: false },
] as const;

describe('the machines of one AMI', () => {
  const advice = (types: readonly string[], ami: Partial<Ami> = {}) =>
    adviceFor({ judged: judgedAs(ami), use: running(...types) }).map(({ road }) => road);
  const m5 = (count: number) => Array.from({ length: count }, () => 'm5.large');

  test('five similar ones', () => {
    expect([advice(m5(4)), advice(m5(5))]).toEqual([[], ['azure-migrate']]);
  });

  test('three complex ones: several disks, or several sizes', () => {
    expect(advice(m5(2), { disks: two })).toEqual([]);
    expect(advice(m5(3), { disks: two })).toEqual(['azure-migrate']);
    expect(advice(['m5.large', 'm5.large', 'c5.large'])).toEqual(['azure-migrate']);
  });

  test('an unknown system', () => {
    expect(adviceFor({ judged: judgedAs({}, { distro: found(undefined) }), use: undefined }).map(({ road }) => road)).toEqual([
      'azure-migrate',
    ]);
  });

  test.each(['vendor', 'different-service', 'unsupported'] as const)('%s is not moved as it is', (verdict) => {
    expect(adviceFor({ judged: judgedAs({}, {}, { verdict }), use: running(...m5(9)) })).toEqual([]);
  });
});

describe('what Site Recovery takes', () => {
  const takes = (distro: string, version: string, analysis: Partial<Analysis> = {}, ami: Partial<Ami> = {}) =>
    adviceFor({ judged: judgedAs(ami, { distro: found(distro), version: found(version), ...analysis }), use: undefined }).some(
      ({ road }) => road === 'site-recovery',
    );

  test.each([
    ['windows-server', '2008 R2', true],
    ['windows-server', '2012', true],
    ['windows-server', '2012 R2', true],
    ['windows-server', '2016', false],
    ['windows-server', '2008', false],
    ['rhel', '6.7', true],
    ['rhel', '6.10', false],
    ['ubuntu', '22.04', false],
  ])('%s %s: %s', (distro, version, expected) => {
    expect(takes(distro, version)).toBe(expected);
  });

  test('64 bit only, and Red Hat on HVM only', () => {
    expect(takes('windows-server', '2012', {}, { architecture: 'i386' })).toBe(false);
    expect(takes('windows-server', '2012', { architecture: found(undefined) })).toBe(false);
    expect(takes('rhel', '6.7', {}, { virtualization: 'paravirtual' })).toBe(false);
  });
});

describe('all machines together', () => {
  const used = (use: AmiUse | undefined, match: Partial<BaseMatch> = {}, analysis: Partial<Analysis> = {}) => ({
    judged: judgedAs({}, analysis, match),
    use,
  });

  test('use that was not asked leaves the rule', () => {
    expect(overallAdvice([used(undefined)]).map(({ text }) => text)).toEqual([expect.stringContaining('was not asked')]);
    expect(overallAdvice([used({ launchTemplates: [] })]).map(({ text }) => text)).toEqual([expect.stringContaining('was not asked')]);
  });

  test('few machines need no tool', () => {
    expect(overallAdvice([used(running('m5.large', 'm5.large')), used(running('m5.large', 'm5.large'))])).toEqual([]);
  });

  test('three machines of different systems do', () => {
    const mixed = [used(running('m5.large', 'm5.large')), used(running('m5.large'), {}, { version: found('24.04') })];
    expect(overallAdvice(mixed).map(({ text }) => text)).toEqual([expect.stringMatching(/^3 machines/)]);
  });

  test('appliances and services do not count', () => {
    expect(overallAdvice([used(running('a', 'b', 'c', 'd', 'e'), { verdict: 'vendor' })])).toEqual([]);
  });
});
