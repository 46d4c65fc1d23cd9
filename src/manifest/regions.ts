import { normalLocation } from '../model/index.ts';
import { type ImageProblem, type Path, quote } from './problem.ts';
import type { ImageEntry } from './schema.ts';

/** Names of the regions as written, normalised; without any the location alone. */
export function namesOf(regions: ImageEntry['regions'], otherwise = ''): readonly string[] {
  return (regions ?? [otherwise]).map((region) => normalLocation(typeof region === 'string' ? region : region.name));
}

/** Regions of the list below a mapping (`[]` = the image) that stand in it twice; the names are those of the list, in its order. */
export function doubledRegions(above: Path, names: readonly string[]): readonly ImageProblem[] {
  return names.flatMap((name, index) => {
    if (names.indexOf(name) === index) return [];
    const path = [...above, 'regions', index];
    return [
      { path, at: 'value', code: 'REGION_DUPLICATE', message: `region ${quote(name)} is listed twice`, hint: 'keep one of them' } as const,
    ];
  });
}
