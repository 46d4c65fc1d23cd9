import { type BuildPlan, type Candidate, type ImageSpec, type Issue, type SecurityType, sharingKind } from '../model/index.ts';

/** The gallery that is shared: the one in which versions are used. */
function wishOf({ target, sharing, production }: ImageSpec) {
  return production === undefined ? { target, sharing } : production;
}

/** How the gallery must be made; undefined where roles alone, or nothing, is asked for. */
export function sharedGallery(spec: ImageSpec): BuildPlan['sharing'] {
  const { target, sharing } = wishOf(spec);
  const kind = sharing === undefined ? 'Private' : sharingKind(sharing);
  const { resourceGroup, gallery, location } = target;
  return kind === 'Private' ? undefined : { resourceGroup, gallery, location, kind };
}

const DOCS = 'https://learn.microsoft.com/azure/virtual-machines';

/** SHARING_FORBIDDEN for an image that Azure does not let be shared beside roles. */
export function sharingIssues(spec: ImageSpec, base: Pick<Candidate, 'plan'>, security: SecurityType): readonly Issue[] {
  const gallery = sharedGallery(spec);
  if (gallery === undefined) return [];
  const { kind } = gallery;
  return [
    ...(security === 'TrustedLaunch'
      ? [
          forbidden(
            'a definition with security TrustedLaunch is shared by roles alone',
            'set `security: TrustedLaunchSupported`, or leave only `readers` in `sharing`',
            `${DOCS}/shared-image-galleries`,
          ),
        ]
      : []),
    ...(kind === 'Community' && base.plan !== undefined
      ? [
          forbidden(
            `the base is sold by ${base.plan.publisher}, and what is made from a partner's image cannot be public`,
            'take `sharing.community` out, or name another `base`',
            `${DOCS}/share-gallery-community`,
          ),
        ]
      : []),
  ];
}

function forbidden(message: string, hint: string, source: string): Issue {
  return { severity: 'error', code: 'SHARING_FORBIDDEN', message, hint, source };
}
