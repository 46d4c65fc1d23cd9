import type { HttpResponse, JsonObject } from '../../http.ts';
import type { MarketplaceSeed } from '../../world/seed.ts';
import { COMPUTE } from '../api-versions.ts';
import { armError } from '../errors.ts';
import { requireLocation } from '../locations.ts';
import type { Call, Route } from '../router.ts';
import { compareVersions } from '../version-order.ts';
import type { World } from '../world.ts';

/** From this api-version on an image says whether it is deprecated, and a list can show properties (not in the description of 2022-03-01, but in that of 2024-07-01). */
const MORE_SINCE = '2023-03-01';

/** Microsoft.Compute VM images (the Marketplace), after the descriptions of 2022-03-01, 2024-07-01 and 2026-04-01: publishers, offers, SKUs, versions. */
export function virtualMachineImageRoutes(): readonly Route[] {
  const publishers = '/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/publishers';
  const offers = `${publishers}/{publisherName}/artifacttypes/vmimage/offers`;
  const skus = `${offers}/{offer}/skus`;
  const versions = `${skus}/{skus}/versions`;
  return [
    { method: 'GET', path: publishers, versions: COMPUTE, handle: (call, world) => names(call, world, ({ publisher }) => publisher) },
    { method: 'GET', path: offers, versions: COMPUTE, handle: (call, world) => names(call, world, ({ offer }) => offer) },
    { method: 'GET', path: skus, versions: COMPUTE, handle: (call, world) => names(call, world, ({ sku }) => sku) },
    { method: 'GET', path: versions, versions: COMPUTE, handle: list },
    { method: 'GET', path: `${versions}/{version}`, versions: COMPUTE, handle: show },
  ];
}

function names(call: Call, world: World, name: (image: MarketplaceSeed) => string): HttpResponse {
  const found = [...new Set(sold(call, world).map(name))].sort();
  return { status: 200, body: found.map((each) => resourceJson(call, world, each)) };
}

function list(call: Call, world: World): HttpResponse {
  const query = call.request.query;
  const top = query.get('$top') ?? undefined;
  const descending = /\bdesc$/i.test(query.get('$orderby') ?? '');
  const expanded = call.apiVersion >= MORE_SINCE && query.get('$expand')?.toLowerCase() === 'properties';
  const [image] = sold(call, world);
  const versions = image && image.deprecation?.state !== 'Deprecated' ? [...image.versions].sort(compareVersions) : [];
  const wanted = (descending ? versions.reverse() : versions).slice(0, top === undefined ? undefined : Number(top));
  const extra = expanded && image ? { properties: propertiesJson(image, call.apiVersion) } : {};
  return { status: 200, body: wanted.map((version) => ({ ...resourceJson(call, world, version), ...extra })) };
}

function show(call: Call, world: World): HttpResponse {
  const { publisherName, offer, skus, version = '' } = call.params;
  const [image] = sold(call, world);
  const urn = `${publisherName}:${offer}:${skus}:${version}`;
  if (!image?.versions.includes(version))
    throw armError(404, 'NotFound', `The platform image '${urn}' was not found in ${call.params.location}.`);
  if (image.deprecation?.state === 'Deprecated') {
    throw armError(404, 'ImageVersionDeprecated', `The platform image '${urn}' is deprecated.`, 'imageReference');
  }
  return { status: 200, body: { ...resourceJson(call, world, version), properties: propertiesJson(image, call.apiVersion) } };
}

/** The SKUs that the path's publisher, offer and SKU (as far as it names them) sell in its location; a 404 when there are none. */
function sold(call: Call, world: World): readonly MarketplaceSeed[] {
  const { publisherName, offer, skus } = call.params;
  requireLocation(world, call.params.location ?? '', 'locations/publishers');
  const found = world.seed.marketplace.filter(
    (image) => same(publisherName, image.publisher) && same(offer, image.offer) && same(skus, image.sku),
  );
  if (found.length === 0) throw armError(404, 'NotFound', 'Artifact: VMImage was not found.');
  return found;
}

function same(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted.toLowerCase() === value.toLowerCase();
}

function resourceJson(call: Call, world: World, name: string): JsonObject {
  const location = requireLocation(world, call.params.location ?? '', 'locations/publishers').name;
  return { id: call.id.endsWith(`/${name}`) ? call.id : `${call.id}/${name}`, name, location };
}

function propertiesJson(image: MarketplaceSeed, apiVersion: string): JsonObject {
  return {
    ...(image.plan && { plan: image.plan }),
    osDiskImage: { operatingSystem: image.osType },
    dataDiskImages: [],
    automaticOSUpgradeProperties: { automaticOSUpgradeSupported: image.plan === undefined },
    hyperVGeneration: image.generation,
    disallowed: { vmDiskType: 'Unmanaged' },
    features: image.features,
    architecture: image.architecture,
    ...(apiVersion >= MORE_SINCE && { imageDeprecationStatus: deprecationJson(image.deprecation) }),
  };
}

function deprecationJson(deprecation: MarketplaceSeed['deprecation']): JsonObject {
  if (!deprecation) return { imageState: 'Active' };
  return { imageState: deprecation.state, scheduledDeprecationTime: deprecation.time, alternativeOption: deprecation.alternative };
}
