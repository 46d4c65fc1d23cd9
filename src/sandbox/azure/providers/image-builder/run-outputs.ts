import type { HttpResponse } from '../../../http.ts';
import { ownerOf } from '../../ids.ts';
import type { Call } from '../../router.ts';
import type { World } from '../../world.ts';
import { find } from '../tracked-resource.ts';
import type { Delivery } from './distribute.ts';

const TYPE = 'Microsoft.VirtualMachineImages/imageTemplates/runOutputs';

/** Keeps what a run produced, one resource for each run output name. */
export function keepOutputs(template: string, deliveries: readonly Delivery[], world: World): void {
  for (const { output, artifactId, artifactUri } of deliveries) {
    const id = `${template}/runOutputs/${output}`;
    const artifact = { ...(artifactId !== undefined && { artifactId }), ...(artifactUri !== undefined && { artifactUri }) };
    world.resources.put(id, { id, name: output, type: TYPE, properties: { ...artifact, provisioningState: 'Succeeded' } });
  }
}

/** GET runOutputs of a template. */
export function listOutputs(call: Call, world: World): HttpResponse {
  find({ ...call, id: ownerOf(call.id) }, world);
  return { status: 200, body: { value: world.resources.in(call.id).map(({ body }) => body) } };
}
