import { expect, test } from 'vitest';
import { vendorOffers } from '../../src/survey/vendor-offers.ts';
import { CATALOG, found } from '../match/told.ts';
import { judgedAs } from './judged-as.ts';

function offers(product: string | undefined, name: string, architecture: 'x64' | 'arm64' = 'x64'): readonly string[] {
  const finding = product === undefined ? {} : { product: found(product) };
  return vendorOffers(judgedAs({ name }, { ...finding, architecture: found(architecture) }).analysis, CATALOG);
}

test.each([
  ['fortinet', 'FortiGate-VM64-AWSONDEMAND build1396 (7.2.4) GA-x', 'fortinet:fortinet_fortigate-vm:fortinet_fg-vm_payg_72'],
  ['fortinet', 'FortiManager-VM64-AWS build1234 (7.2.4) GA-x', 'fortinet:fortinet-fortimanager:fortinet-fortimanager'],
  [
    'f5-big-ip',
    'F5 BIGIP-17.1.0.1-0.0.4 PAYG-Adv WAF Plus 25Mbps-230407095221',
    'f5-networks:f5-big-ip-advanced-waf:f5-big-awf-plus-hourly-25mbps',
  ],
  ['f5-big-ip', 'F5 BIGIP-15.1.2 BYOL-All Modules 1Boot Loc', 'f5-networks:f5-big-ip-byol:f5-big-all-1slot-byol'],
])('%s: %s', (product, name, expected) => {
  expect(offers(product, name)[0]).toBe(expected);
});

test('an offer for arm64 is for arm64 only', () => {
  expect(offers('fortinet', 'FortiGate-ARM64-AWS build1254 (7.2.2) GA-x', 'arm64')[0]).toContain('_arm64');
  expect(offers('fortinet', 'FortiGate-VM64-AWS build1254 (7.2.2) GA-x')[0]).not.toContain('_arm64');
});

test('an offer for some AMIs of a vendor is for those only', () => {
  expect(offers('bitnami', 'bitnami-wordpress-6.5.2-r02-linux-debian-12-x86_64-hvm-ebs')).toEqual(['bitnami:wordpress:4-4']);
  expect(offers('bitnami', 'bitnami-erpnext-10.0.4-0-linux-debian-8-x86_64-ebs')).toEqual([]);
  expect(offers('barracuda', 'CudaCGFBYOL-v8.3.1-0086')[0]).toBe('barracudanetworks:barracuda-ng-firewall:byol');
  expect(offers('barracuda', 'BarracudaWebApplicationFirewall-BYOL-v10.1.1')).toEqual([
    'barracudanetworks:waf:byol',
    'barracudanetworks:waf:hourly',
  ]);
});

test('a product that nobody knows has no offer, and a list is no longer than a person reads', () => {
  expect(offers(undefined, 'kong-0.9.4-cassandra-2.2.7-hvm')).toEqual([]);
  expect(offers('fortinet', 'FortiGate')).toHaveLength(10);
});
