import type { Drift, DriftKind, SharingChange } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { isAskedFor } from './reasons.ts';
import { type SharingDifference, sharingDifferences } from './sharing.ts';
import type { Actual, Wish } from './wish.ts';

/** In what the gallery itself is not as the manifest wishes. One that is not there yet is made so. */
export function galleryDrifts(wish: Wish, actual: Actual): readonly Drift[] {
  return [...softDeleteDrifts(wish, actual), ...differencesOf(wish, actual).map((difference) => toDrift(wish, difference))];
}

function softDeleteDrifts({ spec }: Wish, { gallery }: Actual): readonly Drift[] {
  if (spec.softDelete === undefined || gallery === undefined || gallery.softDelete === spec.softDelete) return [];
  const words = (on: boolean) => (on ? 'can be restored for a time' : 'are gone at once');
  const reason = `versions that are deleted in the gallery ${spec.target.gallery} ${words(gallery.softDelete)}, the manifest says they ${words(spec.softDelete)}`;
  return [{ kind: 'soft-delete-differs', reason }];
}

function differencesOf({ spec }: Wish, { gallery }: Actual): readonly SharingDifference[] {
  return spec.sharing === undefined || gallery === undefined ? [] : sharingDifferences(spec.target.gallery, spec.sharing, gallery);
}

/** Whoever sees more or loses something is asked about: what is not answered waits. */
function toDrift({ spec }: Wish, { reason, change, asks, held = 'Azure has no way to change it' }: SharingDifference): Drift {
  const drift: Drift = { kind: 'sharing-differs', reason };
  if (change === undefined) return { ...drift, held };
  if (asks === undefined || spec.accept.sharing?.includes(asks)) return drift;
  return {
    ...drift,
    held: `it is asked for: \`regild refresh ${spec.name} --accept ${asks}\`, or \`accept: { sharing: ${asks} }\` in the manifest`,
  };
}

function changesOf(wish: Wish, actual: Actual): readonly { readonly change: SharingChange; readonly reason: string }[] {
  return differencesOf(wish, actual).flatMap((difference) =>
    difference.change !== undefined && toDrift(wish, difference).held === undefined
      ? [{ change: difference.change, reason: difference.reason }]
      : [],
  );
}

/** How a gallery is set and shared; undefined when there is none, or the manifest has no wish about it. Throws CLOUD_DENIED where it may not be read. */
export async function lookAtGallery({ spec }: Pick<Wish, 'spec'>, { ports }: Context<'gallery'>): Promise<Actual['gallery']> {
  if (spec.softDelete === undefined && spec.sharing === undefined) return undefined;
  const state = await ports.gallery.settings({ ...spec.target });
  if (state === undefined) return undefined;
  return { ...state, readers: spec.sharing && (await ports.gallery.readers({ ...spec.target })) };
}

/** Sets what differs and may be changed. The gallery is looked at once more: another of its images may have mended it meanwhile, or made it. */
export async function mendGallery(
  wish: Wish,
  actual: Actual,
  context: Context<'gallery'>,
  reasons?: readonly DriftKind[],
): Promise<readonly string[]> {
  const { target, softDelete } = wish.spec;
  const now = { ...actual, gallery: await lookAtGallery(wish, context) };
  const { gallery } = context.ports;
  const changes: string[] = [];
  for (const { reason } of isAskedFor('soft-delete-differs', reasons) ? softDeleteDrifts(wish, now) : []) {
    await gallery.setSettings({ ...target }, { softDelete: softDelete ?? false });
    changes.push(reason);
  }
  for (const { change, reason } of isAskedFor('sharing-differs', reasons) ? changesOf(wish, now) : []) {
    context.run.signal.throwIfAborted();
    await gallery.share({ ...target }, change);
    changes.push(reason);
  }
  return changes;
}
