import { memoise } from '../adapters/memoise.ts';
import type { DefinitionRef, GalleryRef, ImageSpec } from '../model/index.ts';
import type { Gallery } from '../ports.ts';

/** Galleries that so many images go into, or more, are listed; where a list may not be read, each image asks for itself. */
export function listingOnce(specs: readonly ImageSpec[], gallery: Gallery, worthAList: number): Gallery {
  const sizes = Map.groupBy(specs, ({ target }) => galleryOf(target));
  const listed = memoise(async (ref: GalleryRef) => {
    const found = await gallery.definitions(ref).catch(() => undefined);
    return found && new Map(found.map((definition) => [definition.name.toLowerCase(), definition]));
  });
  /** Undefined where nothing was listed. */
  const listOf = async ({ subscription, resourceGroup, gallery: name }: DefinitionRef) =>
    (sizes.get(galleryOf({ subscription, resourceGroup, gallery: name }))?.length ?? 0) < worthAList
      ? undefined
      : listed({ subscription, resourceGroup, gallery: name });
  const isMissing = async (ref: DefinitionRef) => (await listOf(ref))?.has(ref.definition.toLowerCase()) === false;
  return {
    ...gallery,
    definition: async (ref) => {
      const list = await listOf(ref);
      return list ? list.get(ref.definition.toLowerCase()) : gallery.definition(ref);
    },
    versions: async (ref) => ((await isMissing(ref)) ? [] : gallery.versions(ref)),
    version: async (ref) => ((await isMissing(ref)) ? undefined : gallery.version(ref)),
  };
}

/** Names of groups and galleries ignore case. */
function galleryOf({ subscription, resourceGroup, gallery }: GalleryRef): string {
  return `${subscription}/${resourceGroup}/${gallery}`.toLowerCase();
}
