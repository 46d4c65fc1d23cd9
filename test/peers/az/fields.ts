import { isDeepStrictEqual } from 'node:util';
import type { Published } from '../published.ts';

/** The definition as az shows it, by what was planned. */
export function definitionOf({ plan: { definition } }: Published): Readonly<Record<string, unknown>> {
  return {
    name: definition.name,
    osType: definition.osType,
    osState: definition.osState,
    hyperVGeneration: definition.generation,
    architecture: definition.architecture,
    identifier: definition.identifier,
    features: definition.features,
    description: definition.description,
  };
}

/** The version as az shows it, by what was planned and published. */
export function versionOf({ plan, version }: Published): Readonly<Record<string, unknown>> {
  return {
    id: version.versionId,
    name: version.version,
    provisioningState: 'Succeeded',
    tags: version.tags,
    'publishingProfile.excludeFromLatest': !version.promoted,
    'publishingProfile.targetRegions': plan.regions.map(({ name, replicas, storage }) => [name, replicas, storage]),
    'replicationStatus.summary': version.regions.map(({ name, state, progress }) => [name, state, progress]),
    'storageProfile.osDiskImage.sizeInGB': plan.build.osDiskSizeGB,
  };
}

/** One line for each field that az shows otherwise. */
export function differences(wanted: Readonly<Record<string, unknown>>, shown: unknown): readonly string[] {
  return Object.entries(wanted).flatMap(([path, value]) => {
    const found = inOurWords(path.split('.').reduce<unknown>((at, key) => Object(at)[key], shown));
    return isDeepStrictEqual(found, value) ? [] : [`${path}: ${JSON.stringify(found)} instead of ${JSON.stringify(value)}`];
  });
}

/** Regions are rows of az's; a region's name is written out there. */
function inOurWords(found: unknown): unknown {
  if (!Array.isArray(found)) return found;
  return found.map((row: Readonly<Record<string, unknown>>) => {
    if ('regionalReplicaCount' in row) return [squeezed(row.name), row.regionalReplicaCount, row.storageAccountType];
    return 'progress' in row ? [squeezed(row.region), row.state, row.progress] : row;
  });
}

function squeezed(name: unknown): string {
  return String(name).replaceAll(' ', '').toLowerCase();
}
