import type { Route } from '../../router.ts';
import { definitionRoutes } from './definitions.ts';
import { galleryRoutes } from './galleries.ts';
import { versionRoutes } from './versions.ts';

/** Azure Compute Gallery: galleries, image definitions and image versions. */
export function computeGalleryRoutes(): readonly Route[] {
  return [...galleryRoutes(), ...definitionRoutes(), ...versionRoutes()];
}
