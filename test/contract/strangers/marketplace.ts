import type { Stranger } from './stranger.ts';

const PLAN = 'publishers/almalinux/offers/almalinux-x86_64/plans/10-gen2';
const ORDERING = 'providers/Microsoft.MarketplaceOrdering';

export const MARKETPLACE: Stranger = {
  provider: 'Marketplace terms',
  versions: ['2021-01-01'],
  steps: () => [
    ['GET', `${ORDERING}/offerTypes/virtualmachine/${PLAN}/agreements/current`],
    ['POST', `${ORDERING}/agreements/almalinux/offers/almalinux-x86_64/plans/10-gen2/sign`],
    ['GET', `${ORDERING}/offerTypes/virtualmachine/${PLAN}/agreements/current`],
    ['GET', `${ORDERING}/agreements/almalinux/offers/almalinux-x86_64/plans/10-gen2`],
    ['POST', `${ORDERING}/agreements/almalinux/offers/almalinux-x86_64/plans/10-gen2/cancel`],
  ],
};
