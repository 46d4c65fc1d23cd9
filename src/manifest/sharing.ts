import type { ImageProblem } from './problem.ts';
import type { ImageEntry } from './schema.ts';

/** Azure shares a gallery directly with so many at most (share-gallery-direct, Limitations). */
const MOST = { subscriptions: 30, tenants: 5 } as const;

/** What Azure asks of who publishes to everybody (create-gallery). */
const PUBLISHER = ['prefix', 'publisher', 'contact', 'eula'] as const;

/** Why a security type binds an image to the subscription: what it is captured from holds the state of one machine (trusted-launch-portal). */
const BOUND = ['TrustedLaunch'];

/** A gallery is shared with roles alone, with subscriptions and tenants, or with everybody, and not every image may be. */
export function checkSharing({ sharing, security }: ImageEntry): readonly ImageProblem[] {
  if (sharing === undefined) return [];
  const { subscriptions = [], tenants = [], community } = sharing;
  const direct = subscriptions.length + tenants.length > 0;
  return [
    ...PUBLISHER.flatMap((key) => (community !== undefined && community[key] === undefined ? [unsaid(key)] : [])),
    ...(direct && community !== undefined ? [bothKinds()] : []),
    ...(['subscriptions', 'tenants'] as const).flatMap((key) => ((sharing[key]?.length ?? 0) > MOST[key] ? [tooMany(key)] : [])),
    ...((direct || community !== undefined) && security !== undefined && BOUND.includes(security) ? [boundSecurity(security)] : []),
  ];
}

function unsaid(key: (typeof PUBLISHER)[number]): ImageProblem {
  const message = `sharing.community.${key} is missing`;
  const hint = 'a community gallery says who publishes it: prefix, publisher, contact and eula';
  return { path: ['sharing', 'community', key], at: 'key', code: 'KEY_MISSING', message, hint };
}

function bothKinds(): ImageProblem {
  return {
    path: ['sharing', 'community'],
    at: 'key',
    code: 'VALUE_INVALID',
    message: 'sharing names subscriptions or tenants and a community, and a gallery is shared in one of these ways',
    hint: 'take one of them out: a community gallery is seen by everybody',
  };
}

function tooMany(key: keyof typeof MOST): ImageProblem {
  return {
    path: ['sharing', key],
    at: 'value',
    code: 'VALUE_INVALID',
    message: `sharing.${key} names more than ${MOST[key]}, which is as many as Azure takes`,
    hint: key === 'subscriptions' ? 'share it with their tenant, or give roles by `readers`' : 'give roles by `readers`',
  };
}

function boundSecurity(security: string): ImageProblem {
  return {
    path: ['security'],
    at: 'value',
    code: 'VALUE_INVALID',
    message: `security is ${security}, and Azure shares such images by roles alone`,
    hint: 'set `security: TrustedLaunchSupported`, or leave `readers` alone in `sharing`',
  };
}
