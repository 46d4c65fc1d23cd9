import type { KeptCloud } from '../http.ts';
import { handleArm } from './arm.ts';
import { handleEntra } from './entra.ts';
import { errorResponse } from './errors.ts';
import { azureRoutes } from './providers/index.ts';
import type { World } from './world.ts';

/** Azure: cloud discovery, Entra ID and Resource Manager. It takes every request that no other cloud claims. */
export function azureCloud(world: World): KeptCloud {
  const routes = azureRoutes();
  return {
    accepts: () => true,
    handle: (request, effects) => handleEntra(request, world) ?? handleArm(routes, request, effects, world),
    error: (status, code, message) => errorResponse(status, { code, message }, { 'x-ms-request-id': world.nextRequestId() }),
  };
}
