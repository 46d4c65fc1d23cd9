import { describe, expect, test } from 'vitest';
import { match } from '../../src/match/index.ts';
import { formatOffer } from '../../src/model/index.ts';
import { anAmi } from '../analyze/an-ami.ts';
import { fakeContext } from '../fakes/context.ts';
import { fakeMarketplace } from '../fakes/marketplace.ts';
import { aSpec } from '../fakes/values.ts';
import { ami, CATALOG, found } from './told.ts';

const FORTIGATE = 'fortinet:fortinet_fortigate-vm';

/** What is said of a FortiGate by the hour, 7.4, where Azure sells these offers; and what Azure was asked. */
async function said(
  sold: Readonly<Record<string, { readonly version?: string }>>,
  name = 'FortiGate-VM64-AWSONDEMAND build2573 (7.4.3) GA-x',
) {
  const marketplace = fakeMarketplace(sold);
  const analysis = ami(undefined, undefined, { ami: anAmi({ name }), product: found('fortinet'), architecture: found('x64') });
  const { vendor } = await match(aSpec(), analysis, fakeContext({ marketplace }, CATALOG));
  return {
    offers: vendor?.offers.map((offer) => [formatOffer(offer), offer.sold, offer.newest]),
    differences: vendor?.differences,
    open: vendor?.open,
    asked: marketplace.asked.map((question) => question.replace(`versions sub northeurope ${FORTIGATE}:`, '')),
  };
}

describe("a vendor's offers are asked of Azure", () => {
  test('those that are sold are told with their newest version', async () => {
    const [gen2, gen1] = [`${FORTIGATE}:fortinet_fg-vm_payg_74_g2`, `${FORTIGATE}:fortinet_fg-vm_payg_74`];
    expect(await said({ [gen2]: { version: '7.4.8' }, [gen1]: {} })).toEqual({
      offers: [
        [gen2, true, '7.4.8'],
        [gen1, true, '1.0.0'],
      ],
      differences: [],
      open: [],
      asked: ['fortinet_fg-vm_payg_74_g2', 'fortinet_fg-vm_payg_74'],
    });
  });

  test('of two, the one that is not sold is left out and told', async () => {
    const gen1 = `${FORTIGATE}:fortinet_fg-vm_payg_74`;
    expect(await said({ [gen1]: {} })).toMatchObject({
      offers: [[gen1, true, '1.0.0']],
      differences: [`${FORTIGATE}:fortinet_fg-vm_payg_74_g2 is not sold in northeurope to this subscription`],
    });
  });

  test('where none is sold, the next version of the same licence model takes their place, and no other licence does', async () => {
    const next = `${FORTIGATE}:fortinet_fg-vm_payg_76_g2`;
    const { offers, differences, open } = await said({ [next]: {}, [`${FORTIGATE}:fortinet_fg-vm_byol_74_g2`]: {} });
    expect([offers, differences?.slice(0, 2), open]).toEqual([
      [[next, true, '1.0.0']],
      [
        'version 7.6 instead of 7.4.3, of which the catalog knows no offer',
        `${FORTIGATE}:fortinet_fg-vm_payg_74_g2 is not sold in northeurope to this subscription`,
      ],
      [],
    ]);
  });

  test('where Azure sells none at all, those that fit stay, and whether they can be bought is a question', async () => {
    const { offers, open, asked } = await said({});
    expect([offers?.map(([name]) => name), asked.length <= 16]).toEqual([
      [`${FORTIGATE}:fortinet_fg-vm_payg_74_g2`, `${FORTIGATE}:fortinet_fg-vm_payg_74`],
      true,
    ]);
    expect(open).toEqual([
      `whether it can be bought: Azure sells none of the ${asked.length} offers that fit in northeurope to this subscription`,
    ]);
  });
});
