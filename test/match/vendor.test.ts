import { describe, expect, test } from 'vitest';
import { formatOffer, type VendorChoice } from '../../src/model/index.ts';
import { anAmi } from '../analyze/an-ami.ts';
import { ami as analysed, found, matched } from './told.ts';

interface Told {
  readonly architecture?: 'x64' | 'arm64';
  readonly code?: string;
  readonly licence?: 'byos' | 'payg';
}

/** The match of a vendor's AMI that its catalog product was found for. */
function choice(product: string, name: string, { architecture = 'x64', code, licence }: Told = {}): VendorChoice | undefined {
  const productCodes = code === undefined ? [] : [{ id: code, type: 'marketplace' }];
  const analysis = analysed(undefined, undefined, {
    ami: anAmi({ name, productCodes }),
    product: found(product),
    architecture: found(architecture),
  });
  return matched(analysis, { licence }).vendor;
}

/** Offers, differences and open questions: all that the choice decides. */
function said(product: string, name: string, told: Told = {}): readonly (readonly string[])[] {
  const { offers = [], differences = [], open = [] } = choice(product, name, told) ?? {};
  return [offers.map(formatOffer), differences, open];
}

const FORTIGATE = 'fortinet:fortinet_fortigate-vm';

describe('the one or two offers that fit what the AMI says of itself', () => {
  test.each<[string, string, Told, readonly string[]]>([
    ['fortinet', 'FortiGate-VM64-AWSONDEMAND build1396 (7.2.4) GA-x', {}, [`${FORTIGATE}:fortinet_fg-vm_payg_72`]],
    ['fortinet', 'FortiGate-VM64-AWS build1396 (7.2.4) GA-x', {}, [`${FORTIGATE}:fortinet_fg-vm_byol_72`]],
    [
      'fortinet',
      'FortiGate-VM64-AWS build2571 (7.4.3) GA-x',
      {},
      [`${FORTIGATE}:fortinet_fg-vm_byol_74_g2`, `${FORTIGATE}:fortinet_fg-vm_byol_74`],
    ],
    [
      'fortinet',
      'FortiGate-VMARM64-AWSONDEMAND build2573 (7.4.3) GA-x',
      { architecture: 'arm64' },
      [`${FORTIGATE}:fortinet_fg-vm_payg_74_arm64`],
    ],
    [
      'fortinet',
      'a copy without a name of its own (7.2.4)',
      { code: '2wqkpek696qhdeo7lbbjncqli' },
      [`${FORTIGATE}:fortinet_fg-vm_payg_72`],
    ],
    [
      'f5-big-ip',
      'F5 BIGIP-17.1.0.1-0.0.4 PAYG-Adv WAF Plus 25Mbps-230407095221',
      {},
      ['f5-networks:f5-big-ip-advanced-waf:f5-big-awf-plus-hourly-25mbps'],
    ],
    ['f5-big-ip', 'F5 BIGIP-16.1.3.1-0.0.11 PAYG-Best Plus 200Mbps-x', {}, ['f5-networks:f5-big-ip-best:f5-big-best-plus-hourly-200mbps']],
    [
      'f5-big-ip',
      'F5 BIGIP-17.5.1.6-0.0.25 PAYG-Good 25Mbps-x',
      {},
      ['f5-networks:f5-big-ip-good:f5-bigip-virtual-edition-25m-good-hourly'],
    ],
    ['f5-big-ip', 'F5 BIGIP-15.1.2 BYOL-All Modules 1Boot Loc', {}, ['f5-networks:f5-big-ip-byol:f5-big-all-1slot-byol']],
    ['f5-big-ip', 'F5 BIGIP-17.1.1-0.0.4 BYOL-LTM 2Boot Loc', {}, ['f5-networks:f5-big-ip-byol:f5-big-ltm-2slot-byol']],
    ['paloalto-vm-series', 'PA-VM-AWS-10.2.3-x', { code: '6njl1pau431dv1qxipg63mvah' }, ['paloaltonetworks:vmseries-flex:byol']],
    ['paloalto-vm-series', 'PA-VM-AWS-11.1.2-x', { code: 'e9yfvyj3uag5uo5j2hjikv74n' }, ['paloaltonetworks:vmseries-flex:bundle1']],
    ['paloalto-vm-series', 'PA-VM-AWS-9.1.3-x', { code: '806j2of0qy5osgjjixq9gqc6g' }, ['paloaltonetworks:vmseries-flex:bundle2']],
    ['paloalto-vm-series', 'Panorama-AWS-10.2.3-x', {}, ['paloaltonetworks:panorama:byol']],
    ['checkpoint-cloudguard', 'Check Point CloudGuard IaaS GW PAYG-NGTP R80.40-294.983-x', {}, ['checkpoint:check-point-cg-r8040:sg-ngtp']],
    ['checkpoint-cloudguard', 'Check Point CloudGuard IaaS PAYG-MGMT25 R80.40-294.983-x', {}, ['checkpoint:check-point-cg-r8040:mgmt-25']],
    ['checkpoint-cloudguard', 'Check Point CloudGuard IaaS GW BYOL R81.20-631', {}, ['checkpoint:check-point-cg-r8120:sg-byol']],
    ['cisco', 'ftdv-7.3.0-69-ENA-BYOL', {}, ['cisco:cisco-ftdv:ftdv-azure-byol']],
    ['cisco', 'fmcv-7.4.1-172-ENA', { code: 'bhx85r4r91ls2uwl69ajm9v1b' }, ['cisco:cisco-fmcv:fmcv-azure-byol']],
    ['cisco', 'Cisco-C8K-17.09.02a-BYOL', {}, ['cisco:cisco-c8000v:17_09_02a-byol']],
    ['netscaler', 'Citrix ADC 14.1-8.50 customer licensed', {}, ['citrix:netscalervpx-141:netscalerbyol']],
    ['netscaler', 'Citrix ADC 13.1-49.13', { code: '7rj9rmm05kihjjlsqkj6gni1x' }, ['citrix:netscalervpx-131:netscaler1000standard']],
    ['barracuda', 'CudaCGFBYOL-v8.3.1-0086', {}, ['barracudanetworks:barracuda-ng-firewall:byol']],
    ['barracuda', 'BarracudaWebApplicationFirewall-BYOL-v10.1.1', {}, ['barracudanetworks:waf:byol']],
    ['sophos-firewall', 'sophos_xg_19.5.1-MR1-278_payg', {}, ['sophos:sophos-xg:payg']],
    ['infoblox-nios', 'Infoblox NIOS 8.6.2 DDI BYOL', {}, ['infoblox:infoblox-vm-appliances-862:vsot']],
    ['kemp-loadmaster', 'Kemp VLM-200 BYOL 7.2.54', {}, ['kemptech:vlm-azure:basic-byol']],
    ['kemp-loadmaster', 'ami-ebs-LoadMaster-VLM-7.1-28a-41-VLM_AWS_1', { licence: 'byos' }, ['kemptech:vlm-azure:basic-byol']],
    ['a10-vthunder', 'A10-vThunder-ADC-5.2.1-p5-BYOL', {}, ['a10networks:a10-vthunder-adc:vthunder_byol']],
    [
      'zscaler-cloud-connector',
      'CC_AMI_PROD-05_06_2025',
      { code: '2l8tfysndbav4tv2nfjwak3cu' },
      ['zscaler1579058425289:zia_cloud_connector:zs_ser_gen1_cc_01'],
    ],
    [
      'zscaler-private-access',
      'zpa-connector-2021.06',
      { code: '3n2udvk6ba2lglockhnetlujo' },
      ['zscaler:zscaler-private-access:zpa-con-azure'],
    ],
    ['bitnami', 'bitnami-wordpress-6.5.2-r02-linux-debian-12-x86_64-hvm-ebs', {}, ['bitnami:wordpress:4-4']],
  ])('%s: %s', (product, name, told, offers) => {
    expect(said(product, name, told)).toEqual([offers, [], []]);
  });

  test('a copy that was renamed keeps what its description says of the original; its own name comes first', () => {
    const of = (name: string) => {
      const description = '[Copied ami-0a5d541ad8a40bf7e from eu-west-3] AUTO Check Point CloudGuard IaaS GW BYOL R82-779.000';
      const analysis = analysed(undefined, undefined, { ami: anAmi({ name, description }), product: found('checkpoint-cloudguard') });
      return matched(analysis).vendor?.offers.map(formatOffer);
    };
    expect(of('firewall-copy')).toEqual(['checkpoint:check-point-cg-r82:sg-byol']);
    expect(of('Check Point MGMT BYOL R81.20-631')).toEqual(['checkpoint:check-point-cg-r8120:mgmt-byol']);
  });

  test('a version that is not sold is told, and the nearest later one takes its place', () => {
    expect(said('fortinet', 'FortiGate-VMARM64-AWSONDEMAND build1778 (7.1.9) GA-x', { architecture: 'arm64' })).toEqual([
      [`${FORTIGATE}:fortinet_fg-vm_payg_72_arm64`],
      ['version 7.2 instead of 7.1.9, of which the catalog knows no offer'],
      [],
    ]);
    expect(said('checkpoint-cloudguard', 'Check Point CloudGuard IaaS GW BYOL R75.46-151')).toEqual([
      ['checkpoint:check-point-r77-10:sg-byol'],
      ['version 77.10 instead of 75.46, of which the catalog knows no offer'],
      [],
    ]);
  });
});

describe('what nobody can know is a question', () => {
  test('the licence model: both offers, and `licence` answers', () => {
    const name = 'sophos_xg_19.5.1-MR1-278';
    expect(said('sophos-firewall', name)[0]).toEqual(['sophos:sophos-xg:byol', 'sophos:sophos-xg:payg']);
    expect(said('sophos-firewall', name, { licence: 'byos' })[0]).toEqual(['sophos:sophos-xg:byol']);
    const analysis = analysed(undefined, undefined, { ami: anAmi({ name }), product: found('sophos-firewall') });
    expect(matched(analysis).questions.map(({ code, answerWith }) => [code, answerWith])).toEqual([['LICENCE_CHOICE', 'licence']]);
  });

  test('an answer for the fleet does not change what the AMI says of itself', () => {
    expect(said('fortinet', 'FortiGate-VM64-AWS build1396 (7.2.4) GA-x', { licence: 'payg' })[0]).toEqual([
      `${FORTIGATE}:fortinet_fg-vm_byol_72`,
    ]);
  });

  test('the throughput that was bought', () => {
    expect(said('f5-big-ip', 'F5 BIGIP-16.1.3.1-0.0.11 PAYG-Better')[2]).toEqual([
      'which plan is bought: 10gbps, 1gbps, 200mbps, 25mbps, 5gbps',
    ]);
  });

  test('a product or an architecture of which no offer is known', () => {
    expect(said('fortinet', 'FortiMail-VMAW-64-build580-7.4.1_BYOL')).toEqual([
      [],
      [],
      ['whether the vendor sells fortimail on Azure: the catalog knows no offer of it'],
    ]);
    expect(said('netscaler', 'Citrix ADC 14.1-8.50', { architecture: 'arm64' })).toEqual([
      [],
      [],
      ['whether the vendor sells it for arm64: the catalog knows no such offer'],
    ]);
    expect(said('bitnami', 'bitnami-erpnext-10.0.4-0-linux-debian-8-x86_64-ebs')).toEqual([
      [],
      [],
      ['which offer the vendor has on Azure: the catalog knows none'],
    ]);
  });

  test("terms that are the vendor's own do not say whether they are the AMI's", () => {
    expect(said('fortinet', 'FortiManager-VM64-AWS build1234 (7.2.4) GA-x')).toEqual([
      ['fortinet:fortinet-fortimanager:fortinet-fortimanager'],
      [],
      ["whether the offer's terms are byos, as the AMI's are: they are the vendor's own"],
    ]);
  });
});

test("Microsoft's five points, each with what the AMI shows of it", () => {
  const checks = choice('fortinet', 'FortiGate-VM64-AWSONDEMAND build1396 (7.2.4) GA-x')?.checks ?? [];
  expect(checks.map(({ subject }) => subject)).toEqual(['sizes', 'network features', 'disk layout', 'performance', 'licence and support']);
  expect(checks.at(-1)).toEqual({
    subject: 'licence and support',
    ami: 'billed by the hour through AWS Marketplace',
    confirm:
      'Azure Marketplace bills it anew, and the AWS subscription is to be ended; accept its terms once per subscription (`az vm image terms accept --urn fortinet:fortinet_fortigate-vm:fortinet_fg-vm_payg_72:latest`). The vendor says: FortiGate: a licence that is brought along is registered on the support site first and may not work for 30 minutes; one billed by the hour is made at deployment',
  });
});

test('a list is never longer than two', () => {
  for (const product of ['fortinet', 'f5-big-ip', 'cisco', 'checkpoint-cloudguard', 'netscaler']) {
    expect(choice(product, 'a name that tells nothing')?.offers.length).toBeLessThanOrEqual(2);
  }
});

test('what a vendor says of a point stands behind the question; a point without it is asked all the same', () => {
  const checks = choice('netscaler', 'Citrix ADC 14.1-8.50 customer licensed')?.checks ?? [];
  expect(checks.map(({ confirm }) => confirm.includes('The vendor says: '))).toEqual([false, true, false, false, false]);
  expect(checks[1]?.confirm).toMatch(
    /by API\. The vendor says: the vendor's templates turn accelerated networking on for every interface$/,
  );
});
