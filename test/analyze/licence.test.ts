import { expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import { readBilling } from '../../src/analyze/read-billing.ts';
import type { Ami } from '../../src/model/index.ts';
import { NOW } from '../fakes/context.ts';
import { anAmi } from './an-ami.ts';
import { catalog } from './catalog.ts';

const RED_HAT = '309956199498';

function judge(change: Partial<Ami>) {
  return judgeAmi(anAmi(change), [], catalog, NOW);
}

function codes(change: Partial<Ami>): readonly string[] {
  return judge(change).issues.map(({ code }) => code);
}

function products(usageOperation: string) {
  const billing = readBilling(usageOperation, catalog);
  return billing.kind === 'known' ? billing.parts.flatMap((part) => part.products).toSorted() : billing;
}

test('every documented code is an entry of its own', () => {
  expect(products('RunInstances')).toEqual([]);
  expect(products('RunInstances:1014')).toEqual(['rhel', 'rhel-ha', 'sql-server-standard']);
});

test('a documented combination is the sum of its bits', () => {
  const combined = catalog.billingCodes.filter((code) => code.products.length > 1);
  expect(combined.length).toBeGreaterThan(7);
  const singles = catalog.billingCodes.filter((code) => code.products.length === 1);
  const sums = combined.map(({ usageOperation }) => readBilling(usageOperation, { billingCodes: singles }));
  expect(sums.map((sum) => (sum.kind === 'known' ? sum.parts.flatMap((part) => part.products).toSorted() : sum))).toEqual(
    combined.map((code) => [...code.products].toSorted()),
  );
});

test('an undocumented combination is read bit by bit', () => {
  expect(products('RunInstances:1210')).toEqual(['rhel', 'rhel-ha', 'sql-server-web']);
  expect(products('RunInstances:000g')).toEqual(['suse']);
});

test('the Spot suffix of cost reports is not part of the code', () => {
  expect(products('RunInstances:0010:SV006')).toEqual(['rhel']);
});

test('a code that the catalog does not know stays unknown and is reported', () => {
  for (const code of ['RunInstances:0001', 'RunInstances:zzzz', 'RunInstances:0000', 'RunHosts', '']) {
    expect(readBilling(code, catalog)).toEqual({ kind: 'unknown', code });
  }
  expect(codes({ usageOperation: 'RunInstances:0001' })).toContain('BILLING_CODE_UNKNOWN');
});

test('the billing code decides the licence, not the name', () => {
  expect(judge({ name: 'acme-base', usageOperation: 'RunInstances:0010' })).toMatchObject({
    licence: { value: 'payg', confidence: 'high' },
    distro: { value: 'rhel', confidence: 'medium' },
  });
  expect(judge({ usageOperation: 'RunInstances:00g0' }).licence).toMatchObject({ value: 'byos', confidence: 'high' });
});

test('a paid family under a code that bills nothing stays open', () => {
  const copy = { ownerId: RED_HAT, name: 'RHEL-8.6.0_HVM-20220503-x86_64-2-Hourly2-GP2', usageOperation: 'RunInstances' };
  const { licence, issues } = judge(copy);
  expect(licence.value).toBeUndefined();
  expect(licence.evidence.map(({ from, suggests }) => `${from} ${suggests}`)).toEqual(['OwnerId+Name payg', 'UsageOperation byos']);
  expect(issues.find(({ code }) => code === 'LICENCE_UNCLEAR')?.message).toBe(
    'AMI ami-0abc1234def567890 holds rhel that is sold by subscription, but its billing code "RunInstances" bills nothing for it',
  );
});

test('a private AMI whose name speaks of a paid system is not called paid', () => {
  expect(judge({ name: 'acme-rhel8' }).licence.value).toBeUndefined();
  expect(codes({ name: 'acme-rhel8' })).toContain('LICENCE_UNCLEAR');
  expect(judge({ name: 'acme-centos7' }).licence).toMatchObject({ value: 'free', confidence: 'low' });
});

test('an unknown system asks for no licence', () => {
  expect(codes({ name: 'opaque' })).not.toContain('LICENCE_UNCLEAR');
});

test('a Marketplace product is the vendor’s, and its terms are named', () => {
  const product = {
    ownerId: '679593333241',
    ownerAlias: 'aws-marketplace',
    name: 'kong-0.9.4-hvm',
    productCodes: [{ id: '8enaaz', type: 'marketplace' }],
  };
  expect(judge(product).licence).toMatchObject({ value: 'vendor', confidence: 'medium' });
  expect(codes(product)).toEqual(['UNKNOWN_OS', 'VENDOR_TERMS']);
});

test('a golden AMI built from a Marketplace product inherits its code', () => {
  expect(codes({ name: 'opaque', productCodes: [{ id: '8enaaz', type: 'marketplace' }] })).toEqual([
    'UNKNOWN_OS',
    'VENDOR_TERMS',
    'PRODUCT_CODE_INHERITED',
  ]);
});

test('SQL Server is seen in the billing code and in the name, and its edition must agree', () => {
  const base = { ownerId: '801119661308', platform: 'windows', name: 'Windows_Server-2022-English-Full-SQL_2022_Standard-2026.08.12' };
  expect(judge({ ...base, usageOperation: 'RunInstances:0006' }).variant).toMatchObject({ value: 'sql-2022-standard', confidence: 'high' });
  expect(judge({ ...base, usageOperation: 'RunInstances:0102' }).variant).toMatchObject({
    value: 'sql-2022-standard',
    confidence: 'medium',
  });
  expect(judge({ name: 'db', platform: 'windows', usageOperation: 'RunInstances:0006' }).variant.value).toBe('sql-standard');
  expect(codes({ name: 'db', platform: 'windows', usageOperation: 'RunInstances:0006' })).toContain('SQL_SERVER');
  expect(codes({ ...base, usageOperation: 'RunInstances:0002' })).toContain('SQL_SERVER');
});

test('high availability adds to what the name says', () => {
  const sap = { ownerId: RED_HAT, name: 'RHEL-SAP-8.2.0_HVM-20211007-x86_64-0-Hourly2-GP2' };
  expect(judge({ ...sap, usageOperation: 'RunInstances:1010' }).variant.value).toBe('sap-ha');
  expect(judge({ ...sap, usageOperation: 'RunInstances:0010' }).variant.value).toBe('sap');
});
