import type { Route } from '../../router.ts';
import { trackedRoutes } from '../tracked-resource.ts';
import { DEFINITION_KIND } from './definitions.ts';
import { GALLERY_KIND } from './galleries.ts';
import { sharingRoutes } from './sharing.ts';
import { VERSION_KIND } from './versions.ts';

/** Azure Compute Gallery: galleries, image definitions and image versions. */
export function computeGalleryRoutes(): readonly Route[] {
  return [...[GALLERY_KIND, DEFINITION_KIND, VERSION_KIND].flatMap(trackedRoutes), ...sharingRoutes()];
}
