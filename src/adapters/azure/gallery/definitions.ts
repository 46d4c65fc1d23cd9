import type { Definition, DefinitionRef, ExistingDefinition, GalleryRef, Tags } from '../../../model/index.ts';
import { askTwice } from '../connection/ask-twice.ts';
import { cancellable } from '../connection/cancellable.ts';
import type { AzureConnection } from '../connection/index.ts';
import { type AzureAttempt, asAzure, unlessMissing } from '../errors/index.ts';
import { groupId } from '../ids.ts';
import { fromDefinition, sameDefinition, toDefinition } from './to-definition.ts';

/** The definition as it exists; undefined when it, its gallery or its group does not. */
export async function readDefinition(connection: AzureConnection, ref: DefinitionRef): Promise<ExistingDefinition | undefined> {
  return unlessMissing(attempt('read', ref), async () => {
    const { galleryImages } = await connection.compute(ref.subscription);
    return toDefinition(await galleryImages.get(ref.resourceGroup, ref.gallery, ref.definition));
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

/** Creates the definition and waits. One that exists with the same fields is left alone; with others, the service refuses. */
export async function createDefinition(
  connection: AzureConnection,
  ref: DefinitionRef,
  definition: Definition,
  location: string,
  tags: Tags,
): Promise<void> {
  const existing = await askTwice(connection, connection.signal, () => readDefinition(connection, ref));
  if (existing && sameDefinition(existing, definition)) return;
  await asAzure({ ...attempt('write', ref), otherwise: 'PUBLISH_FAILED' }, async () => {
    const { galleryImages } = await connection.compute(ref.subscription);
    const options = { updateIntervalInMs: connection.pollMilliseconds, ...cancellable(connection.signal) };
    const body = fromDefinition(definition, location, tags);
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
