import type { Route } from '../../router.ts';
import { trackedRoutes } from '../tracked-resource.ts';
import { NETWORK_KINDS, NETWORK_VERSIONS } from './kinds.ts';
import { subnetRoutes } from './subnets.ts';

/** Microsoft.Network: virtual networks with subnets, network interfaces, public addresses and security groups. */
export function networkRoutes(): readonly Route[] {
  return [...NETWORK_KINDS.flatMap(trackedRoutes), ...subnetRoutes(NETWORK_VERSIONS)];
}
