import * as z from 'zod';
import { formatUrn, type ImageFacts, newestVersionFirst, type PurchasePlan, type Urn } from '../../../model/index.ts';
import type { Marketplace } from '../../../ports.ts';
import { memoise } from '../../memoise.ts';
import { armPath } from '../connection/arm-path.ts';
import { askTwice } from '../connection/ask-twice.ts';
import type { AzureConnection } from '../connection/index.ts';
import { ifAnswered, unlessMissing } from '../errors/index.ts';
import { toImageFacts } from './to-image-facts.ts';
import { inLocation } from './unknown-location.ts';

const Agreement = z.object({ properties: z.object({ accepted: z.boolean() }) });

/** Marketplace images and their terms. Answers are remembered for one run: a thousand images share a few bases. */
export function createMarketplace(connection: AzureConnection): Marketplace {
  return {
    versions: memoise((subscription: string, location: string, image: Omit<Urn, 'version'>) =>
      versions(connection, subscription, location, image),
    ),
    facts: memoise((subscription: string, location: string, urn: Urn) => facts(connection, subscription, location, urn)),
    termsAccepted: memoise((subscription: string, plan: PurchasePlan) => termsAccepted(connection, subscription, plan)),
  };
}

/** Empty only when it is so twice: the catalog, or the user, says that the image is sold. The list comes whole: the service can only order it as text, so `$top` would cut off the newest. */
async function versions(
  connection: AzureConnection,
  subscription: string,
  location: string,
  { publisher, offer, sku }: Omit<Urn, 'version'>,
) {
  const what = `list the versions of ${publisher}:${offer}:${sku} in ${location}`;
  const found = await inLocation(location, () =>
    askTwice(connection, undefined, () =>
      unlessMissing(attempt(what, subscription), async () => {
        const { virtualMachineImages } = await connection.compute(subscription);
        const listed = await virtualMachineImages.list(location, publisher, offer, sku);
        return listed.length === 0 ? undefined : listed;
      }),
    ),
  );
  return (found ?? []).map(({ name }) => name).toSorted(newestVersionFirst);
}

async function facts(connection: AzureConnection, subscription: string, location: string, urn: Urn): Promise<ImageFacts | undefined> {
  const found = await inLocation(location, () =>
    askTwice(connection, undefined, () =>
      unlessMissing(attempt(`read the image ${formatUrn(urn)} in ${location}`, subscription), async () => {
        const { virtualMachineImages } = await connection.compute(subscription);
        return virtualMachineImages.get(location, urn.publisher, urn.offer, urn.sku, urn.version);
      }),
    ),
  );
  return found && toImageFacts(found, urn);
}

async function termsAccepted(connection: AzureConnection, subscription: string, { publisher, product, name }: PurchasePlan) {
  const asked = {
    doing: `read the Marketplace terms of ${publisher}:${product}:${name}`,
    action: 'Microsoft.MarketplaceOrdering/offertypes/publishers/offers/plans/agreements/read',
    scope: `/subscriptions/${subscription}`,
  };
  const plan = armPath`publishers/${publisher}/offers/${product}/plans/${name}`;
  const path = `${armPath`/subscriptions/${subscription}`}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/${plan}/agreements/current`;
  const answer = await ifAnswered(asked, async () => (await connection.arm()).get(path, '2021-01-01'));
  return Agreement.safeParse(answer).data?.properties.accepted;
}

function attempt(doing: string, subscription: string) {
  return {
    doing,
    action: 'Microsoft.Compute/locations/publishers/artifacttypes/offers/skus/versions/read',
    scope: `/subscriptions/${subscription}`,
  };
}
