import type { Drift } from '../model/index.ts';
import type { Actual, Wish } from './wish.ts';

/** In what the gallery itself is not as the manifest wishes. One that is not there yet is made so. */
export function galleryDrifts({ spec }: Wish, { gallery }: Actual): readonly Drift[] {
  if (spec.softDelete === undefined || gallery === undefined || gallery.softDelete === spec.softDelete) return [];
  const words = (on: boolean) => (on ? 'can be restored for a time' : 'are gone at once');
  const reason = `versions that are deleted in the gallery ${spec.target.gallery} ${words(gallery.softDelete)}, the manifest says they ${words(spec.softDelete)}`;
  return [{ kind: 'soft-delete-differs', reason }];
}
