import type { Effects, JsonObject } from '../../../http.ts';
import { ArmError, type ArmErrorBody } from '../../errors.ts';
import { nameOf, resourceId } from '../../ids.ts';
import { numberAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import { VERSION_KIND } from '../gallery/versions.ts';
import type { SourceImage } from '../source-image.ts';
import { putResource } from '../tracked-resource.ts';
import { destinationOf } from './destination.ts';
import { homeOf, regionsOf } from './phases.ts';
import type { Distributor, SharedImage } from './schema.ts';
import { nextVersion } from './version-name.ts';

/** What one distribution came to: the artifact that is being made, or the error that prevented it. */
export interface Delivery {
  readonly output: string;
  readonly artifactId?: string;
  readonly artifactUri?: string;
  /** The operation that makes it; absent when it was made at once. */
  readonly operation?: string;
  readonly error?: ArmErrorBody;
}

/** What was built: an image in the staging group, made from this source. */
export interface Build {
  readonly template: string;
  readonly staging: string;
  readonly source: SourceImage;
  readonly diskGB: number;
}

/** Starts one distribution. `effects` may let a region fail. */
export function distribute(distributor: Distributor, build: Build, effects: Effects, world: World): Delivery {
  const output = distributor.runOutputName;
  try {
    switch (distributor.type) {
      case 'SharedImage':
        return { output, ...shareImage(distributor, build, effects, world) };
      case 'ManagedImage':
        return { output, artifactId: keepImage(distributor.imageId, distributor.location, build, distributor.artifactTags ?? {}, world) };
      case 'VHD':
        return {
          output,
          artifactUri: distributor.uri ?? `https://stage${nameOf(build.staging).slice(-8)}.blob.core.windows.net/vhds/${output}.vhd`,
        };
    }
  } catch (thrown) {
    if (thrown instanceof ArmError) return { output, error: thrown.error };
    throw thrown;
  }
}

function shareImage(
  distributor: SharedImage,
  build: Build,
  effects: Effects,
  world: World,
): { readonly artifactId: string; readonly operation: string } {
  const { definition, version } = destinationOf(distributor);
  const name = version ?? nextVersion(definition, distributor.versioning, build.source.exactVersion, world);
  const location = homeOf(distributor, world);
  const staged = resourceId(
    world.subscription,
    nameOf(build.staging),
    'Microsoft.Compute',
    'images',
    `${distributor.runOutputName}-${world.nextGuid().slice(-8)}`,
  );
  const sourceId = keepImage(staged, location, build, {}, world);
  // The name may have been taken while the build went on: a version that exists is changed, and its source is not what may be changed.
  const body = versionBody(distributor, location, sourceId, world);
  const write = { id: `${definition}/versions/${name}`, apiVersion: VERSION_KIND.versions.at(-1) ?? '', body, effects };
  const { stored, operation } = putResource(VERSION_KIND, write, world);
  return { artifactId: stored.id, operation: operation.id };
}

function versionBody(distributor: SharedImage, location: string, sourceId: string, world: World): JsonObject {
  const targetRegions = regionsOf(distributor, world).map(({ name, replicas = 1, storage = 'Standard_LRS' }) => ({
    name,
    regionalReplicaCount: replicas,
    storageAccountType: storage,
  }));
  const { excludeFromLatest = false, replicationMode = 'Full' } = distributor;
  return {
    location,
    tags: distributor.artifactTags ?? {},
    properties: { publishingProfile: { targetRegions, excludeFromLatest, replicationMode }, storageProfile: { source: { id: sourceId } } },
  };
}

function keepImage(id: string, location: string, { source, diskGB, template }: Build, tags: JsonObject, world: World): string {
  const { osType, generation, architecture, plan } = source;
  const osDisk = { osType, osState: 'Generalized', diskSizeGB: diskGB, caching: 'ReadWrite', storageAccountType: 'Standard_LRS' };
  const properties = {
    storageProfile: { osDisk, dataDisks: [], zoneResilient: false },
    hyperVGeneration: generation,
    provisioningState: 'Succeeded',
  };
  const body = {
    id,
    name: nameOf(id),
    type: 'Microsoft.Compute/images',
    location,
    tags: { ...tags, imageTemplate: nameOf(template) },
    properties,
  };
  return world.resources.put(id, body, { architecture, ...(plan && { plan: { ...plan } }) }).id;
}

/** The size that the build's disk ends with, from the template's body. */
export function builtDiskGB(template: JsonObject, source: SourceImage): number {
  return Math.max(numberAt(template, 'properties', 'vmProfile', 'osDiskSizeGB') ?? 0, source.diskGB);
}

/** Where the template puts its temporary resources. */
export function stagingOf(template: JsonObject): string {
  return textAt(template, 'properties', 'exactStagingResourceGroup') ?? '';
}
