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
  return (await readFound(connection, ref))?.definition;
}

/** A definition in our words, and as ARM has it, by which it is written again. */
interface Found {
  readonly provisioningState?: string;
  readonly image: GalleryImage;
  readonly definition: ExistingDefinition;
}

function readFound(connection: AzureConnection, ref: DefinitionRef): Promise<Found | undefined> {
  return unlessMissing(attempt('read', ref), async () => {
    const { galleryImages } = await connection.compute(ref.subscription);
    const image = await galleryImages.get(ref.resourceGroup, ref.gallery, ref.definition);
    const { provisioningState } = image;
    return { ...(provisioningState && { provisioningState }), image, definition: toDefinition(image) };
  });
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
  const found = await settle<Found>(connection, {
    what: `the change of the definition ${ref.definition}`,
    reading: attempt('read', ref),
    look: () => readFound(connection, ref),
    again: ({ image }) => write(connection, ref, image),
  });
  return found?.definition;
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
