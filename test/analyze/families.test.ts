import { describe, expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import { type Ami, stronger } from '../../src/model/index.ts';
import { NOW } from '../fakes/context.ts';
import { anAmi } from './an-ami.ts';
import { catalog } from './catalog.ts';

const MARKETPLACE = '679593333241';
const examples = catalog.amis.flatMap((family) => family.nameExamples.map((name) => ({ family, name })));
const owned = examples.filter(({ family }) => family.owners.length > 0);

function judge(change: Partial<Ami>, ancestry: readonly Ami[] = []) {
  return judgeAmi(anAmi(change), ancestry, catalog, NOW);
}

describe.each(owned)('$family.id: $name', ({ family, name }) => {
  const own = judge({ name, ownerId: family.owners[0] });

  test('is recognised by owner and name', () => {
    expect(own.amiFamily).toMatchObject({ value: family.id, confidence: family.owners[0] === MARKETPLACE ? 'medium' : 'high' });
    expect(own.distro.value).toBe(family.distro ?? own.distro.value);
    expect(own.stock.value).toBe(true);
  });

  test('is believed less without its owner', () => {
    const { amiFamily, issues } = judge({ name, ownerId: undefined });
    expect(amiFamily).toMatchObject({ value: family.id, confidence: 'low' });
    expect(stronger(own.amiFamily.confidence, amiFamily.confidence)).toBe(true);
    expect(issues.map(({ code }) => code)).not.toContain('OWNER_MISMATCH');
  });

  test('is believed little, with a warning, under a foreign owner', () => {
    const { amiFamily, distro, stock, issues } = judge({ name, ownerId: '999999999999' });
    expect(amiFamily).toMatchObject({ value: family.id, confidence: 'low' });
    expect(distro.confidence).not.toBe('high');
    expect(stock.value).toBe(false);
    expect(issues.map(({ code }) => code)).toContain('OWNER_MISMATCH');
  });

  test('gives what was built from it its distribution and version', () => {
    const child = judge({ name: 'nightly', ownerId: '111111111111', sourceImageId: 'ami-1' }, [
      anAmi({ id: 'ami-1', name, ownerId: family.owners[0] }),
    ]);
    expect({ distro: child.distro.value, version: child.version.value }).toEqual({ distro: own.distro.value, version: own.version.value });
    expect(child.amiFamily).toMatchObject({ value: family.id, confidence: 'medium' });
    expect(child.stock.value).toBe(false);
  });
});

test('a family without known owners is recognised by name, at low confidence', () => {
  const ownerless = examples.filter(({ family }) => family.owners.length === 0);
  expect(ownerless.map(({ name }) => judge({ name }).amiFamily.confidence)).toEqual(ownerless.map(() => 'low'));
});

test('every family of one distribution alone gives a version to each of its examples, but for those the name does not tell', () => {
  const silent = owned.filter(
    ({ family, name }) => family.distro !== undefined && judge({ name, ownerId: family.owners[0] }).version.value === undefined,
  );
  expect(silent.map(({ family }) => family.id)).toEqual(['dcv-windows', 'dcv-windows', 'dlami-classic', 'rhcos']);
});

test('the public SSM parameter that names a family proves it whatever the owner and name', () => {
  const prefixed = catalog.amis.flatMap(({ id, ssmParameters }) => ssmParameters.map((parameter) => ({ id, parameter })));
  expect(prefixed.length).toBeGreaterThan(30);
  const found = prefixed.map(
    ({ parameter }) => judge({ name: 'x', ssmParameter: parameter.endsWith('/') ? `${parameter}x` : parameter }).amiFamily,
  );
  expect(found.map(({ value, confidence }) => `${value} ${confidence}`)).toEqual(prefixed.map(({ id }) => `${id} high`));
});

test('a parameter is known with and without its first slash', () => {
  const parameter = 'aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
  expect(judge({ name: 'x', ssmParameter: parameter }).amiFamily).toEqual({
    ...judge({ name: 'x', ssmParameter: `/${parameter}` }).amiFamily,
    evidence: [expect.objectContaining({ observed: parameter })],
  });
});
