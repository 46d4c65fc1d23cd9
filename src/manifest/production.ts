import { normalLocation } from '../model/index.ts';
import { type ImageProblem, quote } from './problem.ts';
import { doubledRegions, namesOf } from './regions.ts';
import { checkRollout } from './rollout.ts';
import type { ImageEntry } from './schema.ts';

/** Azure copies a version where it is, within its subscription, into another definition (image-version, shared-image-galleries). */
export function checkProduction({ production, target = {}, regions }: ImageEntry): readonly ImageProblem[] {
  if (production === undefined) return [];
  if (production.gallery === undefined)
    return [
      {
        path: ['production', 'gallery'],
        at: 'key',
        code: 'KEY_MISSING',
        message: 'production.gallery is missing',
        hint: 'name the gallery',
      },
    ];
  const { gallery, location = target.location, resourceGroup = target.resourceGroup, definition = target.definition } = production;
  const at = normalLocation(location ?? '');
  const tested = namesOf(regions, target.location);
  return [
    ...(sameName([gallery, resourceGroup, definition], [target.gallery, target.resourceGroup, target.definition]) ? [ownTarget()] : []),
    ...(tested.includes(at) ? [] : [notTestedThere(at, tested)]),
    ...(namesOf(production.regions, location).includes(at) ? [] : [notWantedThere(at)]),
    ...doubledRegions(['production'], namesOf(production.regions, location)),
    ...checkRollout(['production'], production, location),
  ];
}

/** Azure compares names without case. */
function sameName(one: readonly (string | undefined)[], other: readonly (string | undefined)[]): boolean {
  return one.join('/').toLowerCase() === other.join('/').toLowerCase();
}

function ownTarget(): ImageProblem {
  const message = 'production names the definition that the image is built into';
  return { path: ['production'], at: 'value', code: 'TARGET_DUPLICATE', message, hint: 'name another gallery, or leave `production` out' };
}

function notTestedThere(at: string, tested: readonly string[]): ImageProblem {
  const message = `production is in ${quote(at)}, where no tested version is that could be copied`;
  const hint = `Azure copies a version where it is: add ${at} to \`regions\`, or take one of ${tested.join(', ')}`;
  return { path: ['production'], at: 'value', code: 'REGION_MISSING', message, hint };
}

function notWantedThere(at: string): ImageProblem {
  const message = `production.regions do not include ${quote(at)}, where the copy is made`;
  return { path: ['production'], at: 'value', code: 'REGION_MISSING', message, hint: `add ${at} to \`production.regions\`` };
}
