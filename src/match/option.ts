import type { Base, Release, Vocabulary } from '../catalog/schema.ts';
import type { Architecture, BootMode, Confidence, ImageSpec, Licence, OsFamily } from '../model/index.ts';

/** What the user asks of the base; the rest is chosen. */
export type Wishes = Pick<ImageSpec, 'base' | 'generation' | 'security' | 'controllers' | 'licence' | 'accept'>;

/** Leaves every choice to match. */
export const NO_WISHES: Wishes = {
  base: 'auto',
  generation: 'auto',
  security: 'auto',
  controllers: 'auto',
  licence: undefined,
  accept: { successor: [], without: [], source: [] },
};

/** What the ranking needs to know of the AMI. */
export interface Source {
  readonly distro: string | undefined;
  readonly version: string | undefined;
  /** The catalog's release that the version belongs to, or stands nearest to. */
  readonly release: Release | undefined;
  /** False when the release only stands in for a version that the catalog does not know. */
  readonly listed: boolean;
  /** The words that set the AMI apart from the plain image, its language (but English) and `32-bit` among them. */
  readonly variant: ReadonlySet<string>;
  readonly vocabulary: Vocabulary;
  readonly osFamily: OsFamily | undefined;
  readonly architecture: Architecture | undefined;
  readonly bootMode: BootMode | undefined;
  /** The licence that the target should have: the user's answer, else what the AMI has. */
  readonly licence: Licence | undefined;
  /** Version of the product that the AMI carries beside the operating system. */
  readonly productVersion: string | undefined;
  readonly confidence: Confidence;
  /** Releases that the user agrees to in place of the AMI's own. */
  readonly accepted: readonly string[];
}

/** How one comes from the AMI's release to the offered one. */
export type Road =
  | { readonly kind: 'same-release' }
  | { readonly kind: 'successor'; readonly points: number; readonly differences: readonly string[] }
  | { readonly kind: 'version-guessed'; readonly place: number }
  | { readonly kind: 'chosen-by-user' };

/** A base image as the ranking sees it; what only the catalog knows is absent for a base that the catalog lacks. */
export type OfferedBase = Omit<Base, 'source' | 'verified' | 'osDiskSizeGB'> & { readonly osDiskSizeGB?: number | undefined };

/** The part of a release that the ranking uses. */
export type OfferedRelease = Pick<Release, 'id' | 'distro' | 'version' | 'title' | 'support'>;

/** One base on one road: what is scored or rejected. */
export interface Option {
  readonly release: OfferedRelease;
  readonly base: OfferedBase;
  readonly road: Road;
  /** How many newer point releases the release offers for the same architecture. */
  readonly newerPoints: number;
}
