import { createImageBuilder } from '../../../src/adapters/azure/image-builder/index.ts';
import { createMarketplace } from '../../../src/adapters/azure/marketplace/index.ts';
import { createSubscription } from '../../../src/adapters/azure/subscription.ts';
import { cannedCloud } from './canned-cloud.ts';
import { answering, REF, type Replay, replay, same } from './replay.ts';

/** VM Image Builder, Marketplace terms, resource groups and providers. */
export const OTHERS: readonly Replay[] = [
  // A template is read before its build is cancelled; one that does not run is left alone.
  replay(/^(Get|Create|Update)ImageTemplate/, cancel, (words, { properties }: { properties: { lastRunStatus?: { runState: string } } }) =>
    same(words, properties.lastRunStatus?.runState === 'Running' ? ['GET', 'POST'] : ['GET']),
  ),
  replay(
    /^GetRunOutput/,
    (body) => createImageBuilder(answering(BUILT, body).connection).build(REF, BUILT, {}),
    (words, { properties }: { properties: { artifactId: string } }) => same(words, properties.artifactId),
  ),
  replay(
    /^GetMarketplaceTerms/,
    (body) => createMarketplace(answering(body).connection).termsAccepted(REF.subscription, { publisher: 'p', product: 'o', name: 'n' }),
    (words, { properties }: { properties: { accepted: boolean } }) => same(words, properties.accepted),
  ),
  replay(
    /^CreateResourceGroup/,
    (body) => createSubscription(answering(body).connection).resourceGroup(REF.subscription, 'rg'),
    (words, { location }: { location: string }) => same(words, { location }),
  ),
  replay(
    /^GetProvider$/,
    (body) => createSubscription(answering(body).connection).provider(REF.subscription, 'Microsoft.Storage'),
    (words, { registrationState }: { registrationState: string }) => same(words, registrationState),
  ),
];

/** Methods of the requests that cancelling the template's build takes. */
async function cancel(body: unknown): Promise<readonly string[]> {
  const { connection, requests } = cannedCloud({ status: 200, body }, { status: 204 });
  await createImageBuilder(connection).cancel(REF);
  return requests;
}

const TARGET = `/subscriptions/${REF.subscription}/resourceGroups/rg/providers/Microsoft.Compute/galleries/gal/images/web/versions/1.0.0`;

/** A template that was built. */
const BUILT = {
  id: '/of/the/template',
  name: REF.name,
  location: 'westus',
  identity: {},
  properties: {
    provisioningState: 'Succeeded',
    lastRunStatus: { runState: 'Succeeded' },
    distribute: [{ type: 'SharedImage', galleryImageId: TARGET, runOutputName: 'web' }],
  },
};
