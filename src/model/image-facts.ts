import type { Architecture, Feature, Generation, PurchasePlan, Urn } from './machine.ts';

/** What ARM says about one exact version of a Marketplace image. */
export interface ImageFacts {
  readonly urn: Urn;
  readonly osType: 'Linux' | 'Windows';
  readonly architecture: Architecture;
  readonly generation: Generation;
  readonly features: readonly Feature[];
  readonly plan: PurchasePlan | undefined;
  readonly deprecation: {
    readonly state: 'Active' | 'ScheduledForDeprecation' | 'Deprecated';
    readonly scheduled?: string | undefined;
    /** What the publisher names instead, for example `Offer ubuntu-24_04-lts`. */
    readonly alternative?: string | undefined;
  };
}
