import { nameOf, parentOf, parseId } from '../../ids.ts';
import { findLocation } from '../../locations.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { definitionTraits, type SourceImage } from '../source-image.ts';
import { refused } from './problem.ts';
import type { Distributor, SharedImage } from './schema.ts';

/** Id of the definition that a distribution goes to, and the version when the id names one. */
export function destinationOf({ galleryImageId }: SharedImage): { readonly definition: string; readonly version: string | undefined } {
  const isVersion = parseId(galleryImageId).type.toLowerCase() === 'microsoft.compute/galleries/images/versions';
  return isVersion
    ? { definition: parentOf(galleryImageId), version: nameOf(galleryImageId) }
    : { definition: galleryImageId, version: undefined };
}

/** Checks that the source can become a version of the definition that a distribution names. Throws BadSharedImageDistribute. */
export function checkDestination(distributor: Distributor, source: SourceImage, world: World): void {
  if (distributor.type !== 'SharedImage') return;
  const { definition, version } = destinationOf(distributor);
  const stored = world.resources.get(definition);
  if (!stored || parseId(definition).type.toLowerCase() !== 'microsoft.compute/galleries/images') {
    throw bad(`the gallery image definition '${definition}' was not found.`);
  }
  if (version !== undefined && world.resources.get(distributor.galleryImageId))
    throw bad(`the version '${distributor.galleryImageId}' already exists.`);
  checkRegions(distributor, world);
  checkTraits(stored, source);
}

function checkRegions({ targetRegions, replicationRegions = [] }: SharedImage, world: World): void {
  const names = targetRegions?.map(({ name }) => name) ?? replicationRegions;
  const unknown = names.find((name) => !findLocation(world, name));
  if (unknown !== undefined) throw bad(`the region '${unknown}' is not known.`);
}

function checkTraits({ id, body }: Stored, source: SourceImage): void {
  const definition = definitionTraits(body);
  const differences = [
    differs('OS type', source.osType, definition.osType),
    differs('OS state', source.osState, definition.osState),
    differs('Hyper-V generation', source.generation, definition.generation),
    differs('architecture', source.architecture, definition.architecture),
    differs('security type', buildable(source.security), buildable(definition.security)),
    differs('plan', JSON.stringify(source.plan ?? null), JSON.stringify(definition.plan ?? null)),
  ].filter((difference) => difference !== undefined);
  if (differences.length > 0) throw bad(`the source does not match the gallery image definition '${id}': ${differences.join('; ')}.`);
}

/** Generic Gen2 images without VM guest state go together; everything else stays with its own kind. */
function buildable(security: string): string {
  return security === 'Standard' || security === 'None' ? 'Standard' : security;
}

function differs(what: string, source: string, definition: string): string | undefined {
  return source === definition ? undefined : `${what} '${source}' of the source is not '${definition}'`;
}

function bad(message: string): Error {
  return refused('BadSharedImageDistribute', `Not a valid 'distribute': ${message}`);
}
