import type { Release } from '../catalog/schema.ts';
import type { Ami, ExistingGallery, ExistingVersion, ImageFacts, ImageSpec, Leftover, PlanOutline, VersionUse } from '../model/index.ts';
import type { SharedNow } from './sharing.ts';

/** What the manifest, the AMI, the base and the catalog want of an image. */
export interface Wish {
  readonly spec: ImageSpec;
  /** What a build would do; undefined where it could not be planned. */
  readonly plan?: PlanOutline | undefined;
  /** The release of the operating system that is planned. */
  readonly release?: Release | undefined;
}

/** What there is of an image. */
export interface Actual {
  readonly versions: readonly ExistingVersion[];
  /** For the production half of an image: the versions where they are made and tested. */
  readonly origin?: readonly ExistingVersion[] | undefined;
  /** The gallery and who may read it, where the manifest has a wish about that. */
  readonly gallery?: (Omit<ExistingGallery, 'location'> & Pick<SharedNow, 'readers'>) | undefined;
  /** Who runs them; undefined where Azure may not be asked. */
  readonly users?: readonly VersionUse[] | undefined;
  /** What ARM says of the base that the current version was made from; undefined where it says nothing. */
  readonly base?: ImageFacts | undefined;
  /** The AMI of the current version and the one of today, where they differ and EC2 shows both. */
  readonly amis?: { readonly before: Ami; readonly after: Ami } | undefined;
  /** What says that a build of this image is on its way, or was: image templates and claims, one for each run. */
  readonly builds: readonly Leftover[];
}
