import { expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import type { Ami } from '../../src/model/index.ts';
import { NOW } from '../fakes/context.ts';
import { anAmi } from './an-ami.ts';
import { catalog } from './catalog.ts';

const CANONICAL = '099720109477';
const MARKETPLACE = '679593333241';

function judge(change: Partial<Ami>) {
  return judgeAmi(anAmi(change), [], catalog, NOW);
}

test('an unknown name in the account of a publisher of one distribution is that distribution', () => {
  const { amiFamily, distro, version, licence, stock } = judge({ ownerId: CANONICAL, name: 'hvm-ssd/ubuntu-15.04-Snappy-core-edge' });
  expect(amiFamily.value).toBeUndefined();
  expect(distro).toMatchObject({ value: 'ubuntu', confidence: 'medium' });
  expect(version).toMatchObject({ value: '15.04', confidence: 'low' });
  expect(licence).toMatchObject({ value: 'free', confidence: 'low' });
  expect(stock).toMatchObject({ value: true, confidence: 'medium' });
});

test('what the publisher sells under several licences stays open without a billing code', () => {
  expect(judge({ ownerId: CANONICAL, name: 'opaque', usageOperation: undefined }).licence.value).toBeUndefined();
});

test('an account that publishes several distributions, or sells everybody’s, tells none', () => {
  for (const ownerId of ['125523088429', MARKETPLACE, '123456789012']) {
    expect(judge({ ownerId, name: 'opaque' }).distro.value).toBeUndefined();
  }
});

test('a platform that the publisher does not publish is believed', () => {
  expect(judge({ ownerId: CANONICAL, name: 'opaque', platform: 'windows' }).distro.value).toBe('windows-server');
});

test('an inherited product code tells what a golden AMI was made from', () => {
  const golden = judge({ name: 'opaque', productCodes: [{ id: 'aw0evgkw8e5c1q413zgy5pjce', type: 'marketplace' }] });
  expect(golden.distro).toMatchObject({ value: 'centos', confidence: 'medium' });
  expect(golden.version).toMatchObject({ value: '7', confidence: 'medium' });
  expect(golden.licence).toMatchObject({ value: 'free', confidence: 'medium' });
  expect(golden.stock.value).toBe(false);
  expect(golden.issues.map(({ code, hint }) => ({ code, hint }))).toEqual([
    { code: 'VENDOR_TERMS', hint: 'its system is free on Azure as well: look only whether the publisher added something of its own' },
    { code: 'PRODUCT_CODE_INHERITED', hint: 'rebuild from a base without product code, unless the product itself is wanted' },
  ]);
});

test('a vendor’s name is trusted in the vendor’s own account, elsewhere it is a name', () => {
  const name = 'bitnami-erpnext-10.0.4-0-linux-debian-8-x86_64-ebs';
  expect(judge({ name, ownerId: '979382823631' }).product).toMatchObject({ value: 'bitnami', confidence: 'medium' });
  expect(judge({ name }).product).toMatchObject({ value: 'bitnami', confidence: 'low' });
});

test('a product that its name alone tells is its vendor’s', () => {
  expect(judge({ name: 'fortigate-vm64-aws build0443' }).licence).toMatchObject({ value: 'vendor', confidence: 'low' });
});
