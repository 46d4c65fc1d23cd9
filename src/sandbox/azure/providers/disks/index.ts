import type { Route } from '../../router.ts';
import { trackedRoutes } from '../tracked-resource.ts';
import { DISK_KINDS } from './kinds.ts';

/** Microsoft.Compute: managed disks and snapshots. */
export function diskRoutes(): readonly Route[] {
  return DISK_KINDS.flatMap(trackedRoutes);
}
