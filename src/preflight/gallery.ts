import type { BuildPlan } from '../model/index.ts';
import type { Answer, AzureState } from './questions.ts';

/** A gallery that is shared beside roles must have been made for it, where its versions are: Azure changes neither (create-gallery, share-gallery-direct, share-gallery-community). */
export function galleryCanBeShared({ sharing }: BuildPlan, { gallery }: AzureState): readonly Answer[] {
  if (sharing === undefined || gallery === undefined) return [];
  const common = { id: 'gallery', title: 'gallery' } as const;
  const name = sharing.gallery;
  if (sharing.kind === 'Community' && gallery.location !== sharing.location) {
    const detail = `the gallery ${name} lies in ${gallery.location}, and what is public lies with its definitions and versions in one region: ${sharing.location}`;
    const hint = 'name a gallery that does not exist yet: it is made there; or set `target.location` to where this one is';
    return [{ ...common, status: 'fail', detail, hint }];
  }
  if (gallery.sharing.kind === sharing.kind)
    return [{ ...common, status: 'pass', detail: `the gallery ${name} was made to be shared so (${sharing.kind})` }];
  const detail = `the gallery ${name} exists and is ${gallery.sharing.kind}; it cannot become ${sharing.kind}, which \`sharing\` asks for`;
  return [
    {
      ...common,
      status: 'fail',
      detail,
      hint: 'name a gallery that does not exist yet: it is made so; or leave only `readers` in `sharing`',
    },
  ];
}
