import type { Checkup } from '../model/index.ts';
import { lookAtAws } from './aws.ts';
import { lookAtAzure } from './azure.ts';
import { lookAtPacker } from './packer.ts';
import type { Doctor, Places } from './places.ts';

export { withCost } from './costs.ts';
export { type Places, placesOf } from './places.ts';

/** Asks both clouds and Packer whether they would answer. Reads only; whatever fails is a checkup, so that everything is told at once. An abort throws. */
export async function diagnose(places: Places, context: Doctor): Promise<readonly Checkup[]> {
  const [aws, azure, packer] = await Promise.all([lookAtAws(places, context), lookAtAzure(places, context), lookAtPacker(places, context)]);
  return [...aws, ...azure, ...packer];
}
