import type { GalleryImage } from '@azure/arm-compute';
import type { Definition, DefinitionRef, ExistingDefinition, GalleryRef, Tags } from '../../../model/index.ts';
import { cancellable } from '../connection/cancellable.ts';
import type { AzureConnection } from '../connection/index.ts';
import { type AzureAttempt, asAzure, unlessMissing } from '../errors/index.ts';
import { groupId } from '../ids.ts';
import { settle } from './settle.ts';
import { fromDefinition, sameDefinition, toDefinition } from './to-definition.ts';

/** The definition as it exists; undefined when it, its gallery or its group does not. */
export async function readDefinition(connection: AzureConnection, ref: DefinitionRef): Promise<ExistingDefinition | undefined> {
  const found = await readImage(connection, ref);
  return found && toDefinition(found);
}

function readImage(connection: AzureConnection, ref: DefinitionRef): Promise<GalleryImage | undefined> {
  return unlessMissing(attempt('read', ref), async () => {
    const { galleryImages } = await connection.compute(ref.subscription);
    const found = await galleryImages.get(ref.resourceGroup, ref.gallery, ref.definition);
    requireForm(found);
    return found;
  });
}

/** What is no definition is told where it was asked for. */
function requireForm(found: GalleryImage): void {
  toDefinition(found);
}

/** Every definition of a gallery; none when it or its group does not exist. */
export async function listDefinitions(connection: AzureConnection, ref: GalleryRef): Promise<readonly ExistingDefinition[]> {
  const listed = await unlessMissing(attempt('read', { ...ref, definition: '*' }), async () => {
    const { galleryImages } = await connection.compute(ref.subscription);
    return (await Array.fromAsync(galleryImages.listByGallery(ref.resourceGroup, ref.gallery))).map(toDefinition);
  });
  return listed ?? [];
}

/** Whether there is a definition, once nothing works on it any more; one that Azure left failed is written again as it is. Throws TIMED_OUT. */
export async function settleDefinition(connection: AzureConnection, ref: DefinitionRef): Promise<boolean> {
  return (await settled(connection, ref)) !== undefined;
}

async function settled(connection: AzureConnection, ref: DefinitionRef): Promise<ExistingDefinition | undefined> {
  const found = await settle<GalleryImage>(connection, {
    what: `the change of the definition ${ref.definition}`,
    reading: attempt('read', ref),
    look: () => readImage(connection, ref),
    again: (image) => write(connection, ref, image),
  });
  return found && toDefinition(found);
}

/** Creates the definition and waits. One that exists with the same fields is settled and left alone; with others, the service refuses. */
export async function createDefinition(
  connection: AzureConnection,
  ref: DefinitionRef,
  definition: Definition,
  location: string,
  tags: Tags,
): Promise<void> {
  const existing = await settled(connection, ref);
  if (existing && sameDefinition(existing, definition)) return;
  await write(connection, ref, fromDefinition(definition, location, tags));
}

async function write(connection: AzureConnection, ref: DefinitionRef, body: GalleryImage): Promise<void> {
  await asAzure({ ...attempt('write', ref), otherwise: 'PUBLISH_FAILED' }, async () => {
    const { galleryImages } = await connection.compute(ref.subscription);
    const options = { updateIntervalInMs: connection.pollMilliseconds, ...cancellable(connection.signal) };
    const making = galleryImages.createOrUpdate(ref.resourceGroup, ref.gallery, ref.definition, body, options);
    await making.pollUntilDone(cancellable(connection.signal));
  });
}

function attempt(verb: 'read' | 'write', { subscription, resourceGroup, gallery, definition }: DefinitionRef): AzureAttempt {
  return {
    doing: `${verb === 'read' ? 'read' : 'create'} the definition ${definition} in the gallery ${gallery}`,
    action: `Microsoft.Compute/galleries/images/${verb}`,
    scope: groupId(subscription, resourceGroup),
  };
}
