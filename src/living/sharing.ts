import {
  type GalleryReader,
  type GallerySharing,
  type Sharing,
  type SharingAnswer,
  type SharingChange,
  type SharingKind,
  sharingKind,
} from '../model/index.ts';

/** One way in which a gallery is shared otherwise than wished. */
export interface SharingDifference {
  readonly reason: string;
  /** What mends it; absent where there is no way. */
  readonly change?: SharingChange | undefined;
  /** Why there is no way, where it is not Azure that has none. */
  readonly held?: string | undefined;
  /** The word of `accept.sharing` without which it is not done. */
  readonly asks?: SharingAnswer | undefined;
}

/** How a gallery is shared today; `readers` is undefined where it may not be asked. */
export interface SharedNow {
  readonly sharing: GallerySharing;
  readonly readers: readonly GalleryReader[] | undefined;
}

/** Everything in which a gallery is shared otherwise than wished: first who gets it, then who loses it. */
export function sharingDifferences(gallery: string, wanted: Sharing, { sharing, readers }: SharedNow): readonly SharingDifference[] {
  return [...readerDifferences(gallery, wanted, readers), ...beyondRoles(gallery, wanted, sharing)];
}

function readerDifferences(gallery: string, { readers: wanted }: Sharing, readers: SharedNow['readers']): readonly SharingDifference[] {
  if (readers === undefined)
    return wanted.length === 0
      ? []
      : [
          {
            reason: `who may read the gallery ${gallery} may not be asked: the identity lacks roleAssignments/read`,
            held: 'give it Microsoft.Authorization/roleAssignments/read on the gallery, or refresh as somebody who has it',
          },
        ];
  const missing = without(
    wanted,
    readers.map(({ principal }) => principal),
  );
  const surplus = without(
    readers.filter(({ ours }) => ours).map(({ principal }) => principal),
    wanted,
  );
  return [
    ...missing.map(
      (principal): SharingDifference => ({
        reason: `${principal} has no role Reader on the gallery ${gallery}, and the manifest names it`,
        change: { kind: 'grant', principal },
      }),
    ),
    ...surplus.map(
      (principal): SharingDifference => ({
        reason: `${principal} has the role Reader on the gallery ${gallery}, and the manifest does not name it any more`,
        change: { kind: 'withdraw', principal },
        asks: 'withdraw',
      }),
    ),
  ];
}

function beyondRoles(gallery: string, wanted: Sharing, has: GallerySharing): readonly SharingDifference[] {
  const kind = sharingKind(wanted);
  if (kind === 'Private') return isShared(has) ? [endOfSharing(gallery, has)] : [];
  if (kind !== has.kind) return [wrongKind(gallery, kind, has.kind)];
  return kind === 'Groups' ? groupDifferences(gallery, wanted, has) : communityDifferences(gallery, wanted, has);
}

function isShared({ kind, subscriptions, tenants, public: seen }: GallerySharing): boolean {
  return (kind === 'Groups' && subscriptions.length + tenants.length > 0) || (kind === 'Community' && seen);
}

function endOfSharing(gallery: string, has: GallerySharing): SharingDifference {
  const whom = has.kind === 'Community' ? 'everybody' : whomOf(has);
  return {
    reason: `the gallery ${gallery} is shared with ${whom}, and the manifest does not say so: they can make no machine and no scale set larger without it`,
    change: { kind: 'reset' },
    asks: 'withdraw',
  };
}

/** Source: share-gallery-direct and share-gallery-community, Limitations. */
function wrongKind(gallery: string, wanted: SharingKind, has: SharingKind): SharingDifference {
  const words = wanted === 'Groups' ? 'shared directly' : 'a community gallery';
  return {
    reason: `the gallery ${gallery} was made ${words === 'shared directly' ? 'not to be shared directly' : 'as no community gallery'} (it is ${has}); only a new one can be ${words}: name another`,
  };
}

function groupDifferences(gallery: string, wanted: Sharing, has: GallerySharing): readonly SharingDifference[] {
  const missing = groupsOf(wanted, has);
  const surplus = groupsOf(has, wanted);
  return [
    ...(isEmpty(missing)
      ? []
      : [{ reason: `the gallery ${gallery} is not shared with ${whomOf(missing)}`, change: { kind: 'add', ...missing } } as const]),
    ...(isEmpty(surplus)
      ? []
      : [
          {
            reason: `the gallery ${gallery} is shared with ${whomOf(surplus)}, and the manifest does not name it any more: machines there cannot be made again from it`,
            change: { kind: 'remove', ...surplus },
            asks: 'withdraw',
          } as const,
        ]),
  ];
}

function communityDifferences(gallery: string, { community }: Sharing, has: GallerySharing): readonly SharingDifference[] {
  const other = (['prefix', 'uri', 'contact', 'eula'] as const).filter((key) => community?.[key] !== has.publisher?.[key]);
  return [
    ...(has.public
      ? []
      : [
          {
            reason: `the gallery ${gallery} is not public yet: everybody with an Azure subscription would see its images, publisher, offer and SKU`,
            change: { kind: 'publish' },
            asks: 'public',
          } as const,
        ]),
    ...(other.length === 0
      ? []
      : [
          {
            reason: `the gallery ${gallery} says another ${other.join(', ')} of its publisher, which is set when it is made: name another gallery`,
          },
        ]),
  ];
}

type Groups = Pick<Sharing, 'subscriptions' | 'tenants'>;

function groupsOf(these: Groups, those: Groups): Groups {
  return { subscriptions: without(these.subscriptions, those.subscriptions), tenants: without(these.tenants, those.tenants) };
}

function isEmpty({ subscriptions, tenants }: Groups): boolean {
  return subscriptions.length + tenants.length === 0;
}

function whomOf({ subscriptions, tenants }: Groups): string {
  return [...subscriptions.map((id) => `subscription ${id}`), ...tenants.map((id) => `tenant ${id}`)].join(', ');
}

/** Ids compare without case. */
function without(these: readonly string[], those: readonly string[]): readonly string[] {
  const known = new Set(those.map((id) => id.toLowerCase()));
  return these.filter((id) => !known.has(id.toLowerCase()));
}
