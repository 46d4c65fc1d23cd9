import type { JsonObject } from '../../http.ts';
import type { MarketplaceSeed } from '../../world/seed.ts';
import { armError } from '../errors.ts';
import { nameOf, normalLocation, parentOf, parseId } from '../ids.ts';
import { at, isObject, listAt, numberAt, objectAt, textAt } from '../json-path.ts';
import type { Stored } from '../store.ts';
import { compareVersions } from '../version-order.ts';
import type { World } from '../world.ts';
import { latestVersion } from './gallery/latest.ts';
import { availableRegions } from './gallery/replication.ts';

/** What an image is, wherever it comes from: what decides which sizes can boot it and which definitions can hold it. */
export interface SourceImage {
  readonly osType: string;
  readonly osState: string;
  readonly generation: string;
  /** `x64` or `Arm64`. */
  readonly architecture: string;
  /** Value of the feature SecurityType; `Standard` when there is none. */
  readonly security: string;
  readonly controllers: readonly string[];
  readonly diskGB: number;
  readonly plan: Plan | undefined;
  /** The exact version, where the source has versions. */
  readonly exactVersion: string | undefined;
  /** Id of the gallery definition that it is a version of. */
  readonly definition: string | undefined;
}

/** A purchase plan, with the field names of ARM. */
export interface Plan {
  readonly name: string;
  readonly product: string;
  readonly publisher: string;
}

/** A Marketplace image; `version` may be `latest`. Throws PlatformImageNotFound. */
export function platformImage(reference: unknown, location: string, world: World): SourceImage {
  const part = (key: string) => textAt(reference, key) ?? '';
  const urn = { publisher: part('publisher'), offer: part('offer'), sku: part('sku'), version: part('version') };
  const found = findSold(urn, world);
  if (!found) {
    const name = `${urn.publisher}:${urn.offer}:${urn.sku}:${urn.version}`;
    const message = `The platform image '${name}' is not available in ${location}. Verify that all fields in the storage profile are correct. For more details about storage profile information, please refer to https://aka.ms/storageprofile`;
    throw armError(404, 'PlatformImageNotFound', message, 'imageReference');
  }
  const { osType, generation, architecture, features, diskGB, plan } = found.image;
  const traits = { osType, osState: 'Generalized', generation, architecture, ...fromFeatures(features), diskGB, plan };
  return { ...traits, exactVersion: found.version, definition: undefined };
}

/** A gallery version, by its id or by its definition's (then the latest one in the location). Throws GalleryImageNotFound. */
export function galleryImage(id: string, location: string, world: World): SourceImage {
  const version = galleryVersion(id, location, world);
  const definition = version && world.resources.get(parentOf(version.id));
  if (!version || !definition || !availableRegions(version, world.clock.now()).includes(normalLocation(location))) {
    const message = `The gallery image ${id} is not available in ${location} region. Please contact image owner to replicate to this region, or change your requested region.`;
    throw armError(404, 'GalleryImageNotFound', message, 'imageReference');
  }
  const diskGB = numberAt(version.body, 'properties', 'storageProfile', 'osDiskImage', 'sizeInGB') ?? 30;
  return { ...definitionTraits(definition.body), diskGB, exactVersion: nameOf(version.id), definition: definition.id };
}

/** What a gallery definition says about every version in it. */
export function definitionTraits(definition: JsonObject): Omit<SourceImage, 'diskGB' | 'exactVersion' | 'definition'> {
  const text = (name: string) => textAt(definition, 'properties', name) ?? '';
  const plan = at(definition, 'properties', 'purchasePlan');
  const features = listAt(definition, 'properties', 'features').map((one) => ({
    name: textAt(one, 'name') ?? '',
    value: textAt(one, 'value') ?? '',
  }));
  return {
    ...{
      osType: text('osType'),
      osState: text('osState'),
      generation: text('hyperVGeneration') || 'V1',
      architecture: text('architecture') || 'x64',
    },
    ...fromFeatures(features),
    plan: isObject(plan) ? planOf(plan) : undefined,
  };
}

/** A managed image; it remembers the plan that it was made under. Throws NotFound. */
export function managedImage(id: string, world: World): SourceImage {
  const image = world.resources.get(id);
  if (!image) throw armError(404, 'NotFound', `The Image ${id} cannot be found.`, 'imageReference');
  const disk = objectAt(image.body, 'properties', 'storageProfile', 'osDisk');
  const plan = image.hidden.plan;
  return {
    osType: textAt(disk, 'osType') ?? 'Linux',
    osState: textAt(disk, 'osState') ?? 'Generalized',
    generation: textAt(image.body, 'properties', 'hyperVGeneration') ?? 'V1',
    architecture: textAt(image.hidden, 'architecture') ?? 'x64',
    ...{ security: 'Standard', controllers: ['SCSI'], exactVersion: undefined, definition: undefined },
    diskGB: numberAt(disk, 'diskSizeGB') ?? 30,
    plan: isObject(plan) ? planOf(plan) : undefined,
  };
}

interface Urn {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  readonly version: string;
}

function findSold(urn: Urn, { seed }: World): { readonly image: MarketplaceSeed; readonly version: string } | undefined {
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  const image = seed.marketplace.find(
    ({ publisher, offer, sku }) => same(publisher, urn.publisher) && same(offer, urn.offer) && same(sku, urn.sku),
  );
  if (!image || image.deprecation?.state === 'Deprecated') return undefined;
  const version = same(urn.version, 'latest')
    ? image.versions.toSorted(compareVersions).at(-1)
    : image.versions.find((one) => one === urn.version);
  return version === undefined ? undefined : { image, version };
}

function galleryVersion(id: string, location: string, world: World): Stored | undefined {
  const isDefinition = parseId(id).type.toLowerCase() === 'microsoft.compute/galleries/images';
  if (isDefinition) return latestVersion(id, location, world);
  return nameOf(id).toLowerCase() === 'latest' ? latestVersion(parentOf(id), location, world) : world.resources.get(id);
}

function fromFeatures(
  features: readonly { readonly name: string; readonly value: string }[],
): Pick<SourceImage, 'security' | 'controllers'> {
  const value = (name: string) => features.find((feature) => feature.name === name)?.value;
  return {
    security: value('SecurityType') ?? 'Standard',
    controllers: (value('DiskControllerTypes') ?? 'SCSI').split(',').map((one) => one.trim()),
  };
}

function planOf(plan: JsonObject): Plan {
  return { name: textAt(plan, 'name') ?? '', product: textAt(plan, 'product') ?? '', publisher: textAt(plan, 'publisher') ?? '' };
}
