import * as z from 'zod';
import { list, record } from './schema.ts';

/** What everybody sees of who publishes a community gallery. */
export const CommunityPublisher = record({
  /** First part of the public name. */
  prefix: z.string(),
  /** Address of a website. */
  uri: z.string(),
  /** Address of e-mail. */
  contact: z.string(),
  /** Address of the licence that users agree to. */
  eula: z.string(),
});
export type CommunityPublisher = z.infer<typeof CommunityPublisher>;

/** Who may make machines from what a gallery holds, beside those whom roles elsewhere allow it. */
export const Sharing = record({
  /** Object ids of users, groups and service principals that get the role Reader on the gallery. */
  readers: list(z.string()),
  /** Ids of subscriptions, all of whose users see it. */
  subscriptions: list(z.string()),
  tenants: list(z.string()),
  /** Set where everybody sees it. */
  community: CommunityPublisher.optional(),
});
export type Sharing = z.infer<typeof Sharing>;

/** How far Azure lets a gallery be shared beside roles. Set when it is made, and never widened after. */
export const SharingKind = z.enum(['Private', 'Groups', 'Community']);
export type SharingKind = z.infer<typeof SharingKind>;

/** The kind that a wish needs of its gallery. */
export function sharingKind({ subscriptions, tenants, community }: Sharing): SharingKind {
  if (community !== undefined) return 'Community';
  return subscriptions.length + tenants.length > 0 ? 'Groups' : 'Private';
}

/** Words of `accept.sharing`: `public` agrees that everybody sees a gallery, `withdraw` that somebody loses what was shared. */
export const SHARING_ANSWERS = ['public', 'withdraw'] as const;
export type SharingAnswer = (typeof SHARING_ANSWERS)[number];

/** How a gallery is shared. */
export interface GallerySharing {
  readonly kind: SharingKind;
  readonly subscriptions: readonly string[];
  readonly tenants: readonly string[];
  /** Of a community gallery: whether everybody sees it already, and what it says of its publisher. */
  readonly public: boolean;
  readonly publisher?: CommunityPublisher | undefined;
}

/** Who has the role Reader on a gallery itself. */
export interface GalleryReader {
  readonly principal: string;
  /** Whether regild gave it; what others gave is theirs. */
  readonly ours: boolean;
}

/** One change of how a gallery is shared. */
export type SharingChange =
  | { readonly kind: 'grant' | 'withdraw'; readonly principal: string }
  | { readonly kind: 'add' | 'remove'; readonly subscriptions: readonly string[]; readonly tenants: readonly string[] }
  /** Everybody sees a community gallery from then on. */
  | { readonly kind: 'publish' }
  /** Back to roles alone. */
  | { readonly kind: 'reset' };
