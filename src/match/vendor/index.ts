import type { Catalog, Product } from '../../catalog/schema.ts';
import { type Analysis, formatOffer, type Licence, type Question, type VendorChoice, type VendorOffer } from '../../model/index.ts';
import { productOf } from '../verdict.ts';
import { vendorChecks } from './checks.ts';
import { narrow } from './narrow.ts';
import { traitsOf } from './traits.ts';

type Offer = Product['offers'][number];

/** More would be a list to choose from, and no answer. */
const SHOWN = 2;

/**
 * The one or two offers of the vendor that fit the AMI, in the order of the catalog, without those that are known to be gone; undefined where the catalog does
 * not know the product.
 */
export function vendorChoice(
  analysis: Analysis,
  catalog: Catalog,
  licence: Licence | undefined,
  gone: ReadonlySet<string> = new Set(),
): VendorChoice | undefined {
  const product = productOf(analysis, catalog);
  if (product === undefined) return undefined;
  const { ami } = analysis;
  const traits = traitsOf(analysis, product, licence);
  const {
    offers: fitting,
    differences,
    open,
  } = narrow(
    product.offers.filter((offer) => isMeant(offer, ami.name) && !gone.has(formatOffer(offer))),
    traits,
  );
  const offers = fewest(fitting);
  const none = fitting.length === 0 && open.length === 0 ? ['which offer the vendor has on Azure: the catalog knows none'] : [];
  return {
    product: product.id,
    title: `${product.title} (${product.vendor})`,
    traits,
    offers,
    differences,
    open: [...open, ...none],
    checks: vendorChecks(ami, product, traits, offers),
  };
}

function isMeant({ only }: Offer, name = ''): boolean {
  return only === undefined || new RegExp(only, 'i').test(name);
}

/** One of each licence model and generation, generation 2 first: what differs in nothing else is an older name of the same. */
function fewest(offers: readonly Offer[]): readonly VendorOffer[] {
  const sorted = offers.toSorted((a, b) => rankOf(a) - rankOf(b));
  const distinct = [...Map.groupBy(sorted, ({ licence, generation }) => `${licence} ${generation}`).values()].flatMap(
    ([first]) => first ?? [],
  );
  return distinct
    .slice(0, SHOWN)
    .map(({ publisher, offer, sku, licence, version, generation }) => ({ publisher, offer, sku, licence, version, generation }));
}

function rankOf({ generation }: Offer): number {
  return generation === 'V2' ? 0 : 1;
}

/** How the product is licensed on Azure, where the AMI does not tell and the vendor sells both ways. */
export function vendorQuestions({ traits, offers, title }: VendorChoice): readonly Question[] {
  const models = new Set(offers.flatMap(({ licence }) => (licence === 'byos' || licence === 'payg' ? [licence] : [])));
  if (traits.licence !== undefined || models.size < 2) return [];
  return [
    {
      code: 'LICENCE_CHOICE',
      text: `${title}: is the licence brought along, or billed through Azure Marketplace?`,
      options: [
        { value: 'byos', consequence: 'a licence of the vendor that covers Azure is brought along.' },
        { value: 'payg', consequence: 'Azure Marketplace bills the software by the hour.' },
      ],
      answerWith: 'licence',
    },
  ];
}
