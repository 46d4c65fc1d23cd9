import { createMarketplace } from '../../../src/adapters/azure/marketplace/index.ts';
import { createSubscription } from '../../../src/adapters/azure/subscription.ts';
import { answering, type List, type Named, REF, type Replay, replay, same } from './replay.ts';

const URN = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '1.0.0' };

/** Marketplace images, sizes and quota. */
export const COMPUTE: readonly Replay[] = [
  replay(
    /^VirtualMachineImages?_Get_/,
    (body) => createMarketplace(answering(body).connection).facts(REF.subscription, 'westus', URN),
    (words, { properties }: { properties?: { osDiskImage?: { operatingSystem: string }; hyperVGeneration?: string; plan?: object } }) =>
      same(
        [words?.urn, words?.osType, words?.generation, words?.plan !== undefined],
        [URN, properties?.osDiskImage?.operatingSystem ?? 'Linux', properties?.hyperVGeneration ?? 'V1', properties?.plan !== undefined],
      ),
  ),
  replay(
    /^VirtualMachineImages?_List_/,
    (body) => createMarketplace(answering(body).connection).versions(REF.subscription, 'westus', URN),
    (words, body: readonly Named[]) => same([...words].sort(), body.map(({ name }) => name).sort()),
  ),
  replay(
    /^ListAvailableResourceSkus/,
    (body) => createSubscription(answering(body).connection).sizes(REF.subscription, 'westus'),
    (words, { value }: List<{ resourceType: string; name: string }>) =>
      same(
        words.map(({ name, vcpus }) => [name, vcpus > 0]),
        value.filter(({ resourceType }) => resourceType === 'virtualMachines').map(({ name }) => [name, true]),
      ),
  ),
  replay(
    /^Usage_List_/,
    (body) => createSubscription(answering(body).connection).quotas(REF.subscription, 'westus'),
    (words, { value }: List<{ currentValue: number; limit: number }>) =>
      same(
        words.map(({ used, limit }) => [used, limit]),
        value.map(({ currentValue, limit }) => [currentValue, limit]),
      ),
  ),
];
