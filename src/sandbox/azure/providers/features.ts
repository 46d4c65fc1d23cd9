import type { Route } from '../router.ts';

/** Microsoft.Features, after the description of 2021-07-01 (FeatureOperationsListResult): the subscription has no preview feature of any provider. */
export function featureRoutes(): readonly Route[] {
  const features = '/subscriptions/{subscriptionId}/providers/Microsoft.Features';
  const handle = () => ({ status: 200, body: { value: [] } });
  return [
    { method: 'GET', path: `${features}/features`, versions: VERSIONS, handle },
    { method: 'GET', path: `${features}/providers/{resourceProviderNamespace}/features`, versions: VERSIONS, handle },
  ];
}

const VERSIONS = ['2015-12-01', '2021-07-01'];
