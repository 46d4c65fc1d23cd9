import { memoise } from './adapters/memoise.ts';
import type { DefinitionRef, GalleryRef, ImageSpec } from './model/index.ts';
import type { ContentPlace, Contents, Context, Ec2, Gallery } from './ports.ts';

/** A list costs several requests where it has several pages: it is asked for from so many images on. */
const WORTH_A_LIST = 8;

/**
 * The context for planning a fleet: AMIs that are named by id are described together, a disk that images share is read once, and a gallery's definitions are listed once; one that is not
 * there has no versions to ask for. Where a list may not be read, each image asks for itself. What is made meanwhile is not seen, so it is for reads.
 */
export function sharingLookups(specs: readonly ImageSpec[], context: Context): Context {
  if (specs.length < WORTH_A_LIST) return context;
  const { ec2, gallery, contents } = context.ports;
  const shared = { ec2: describingTogether(specs, ec2), gallery: listingOnce(specs, gallery), contents: readingOnce(specs, contents) };
  return { ...context, ports: { ...context.ports, ...shared } };
}

/** What is on a disk is remembered only where images share it: the disks of a large fleet do not fit in memory together. */
function readingOnce(specs: readonly ImageSpec[], contents: Contents): Contents {
  const sources = specs.map(({ source }) => JSON.stringify(source));
  if (new Set(sources).size === sources.length) return contents;
  return { take: memoise((place: ContentPlace) => contents.take(place)) };
}

function describingTogether(specs: readonly ImageSpec[], ec2: Ec2): Ec2 {
  const named = Map.groupBy(
    specs.flatMap(({ source }) => (source.kind === 'ami' ? [source] : [])),
    ({ region }) => region,
  );
  const described = memoise(async (region: string) => {
    const ids = new Set(named.get(region)?.map(({ id }) => id));
    const amis = ids.size < WORTH_A_LIST ? [] : await ec2.describeAmis([...ids], region).catch(() => []);
    return new Map(amis.map((ami) => [ami.id, ami]));
  });
  const findAmi: Ec2['findAmi'] = async (source) =>
    (source.kind === 'ami' ? (await described(source.region)).get(source.id) : undefined) ?? ec2.findAmi(source);
  return { ...ec2, findAmi };
}

function listingOnce(specs: readonly ImageSpec[], gallery: Gallery): Gallery {
  const sizes = Map.groupBy(specs, ({ target }) => galleryOf(target));
  const listed = memoise(async (ref: GalleryRef) => {
    const found = await gallery.definitions(ref).catch(() => undefined);
    return found && new Map(found.map((definition) => [definition.name.toLowerCase(), definition]));
  });
  /** Undefined where nothing was listed. */
  const listOf = async ({ subscription, resourceGroup, gallery: name }: DefinitionRef) =>
    (sizes.get(galleryOf({ subscription, resourceGroup, gallery: name }))?.length ?? 0) < WORTH_A_LIST
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
