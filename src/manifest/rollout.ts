import { normalLocation } from '../model/index.ts';
import { type ImageProblem, type Path, quote } from './problem.ts';
import { namesOf } from './regions.ts';
import type { ImageEntry } from './schema.ts';

/** Waves are parts of the regions beside them, of the image (`above` is empty) or of its production: a region in none becomes `latest` with the last one. */
export function checkRollout(
  above: Path,
  { rollout, regions }: Pick<ImageEntry, 'rollout' | 'regions'>,
  location: string | undefined,
): readonly ImageProblem[] {
  const within = above.map((part) => `${part}.`).join('');
  const wanted = namesOf(regions, location);
  const inWaves = (rollout?.waves ?? []).flatMap((wave, index) =>
    (wave.regions ?? []).map((name, at) => ({ name: normalLocation(name), index, at })),
  );
  return [
    ...idleKeys(
      above,
      rollout,
      wanted,
      inWaves.map(({ name }) => name),
    ),
    ...inWaves.flatMap(({ name, index, at }, position) => {
      const path = [...above, 'rollout', 'waves', index, 'regions', at];
      const known = { path, at: 'value', code: 'VALUE_INVALID' } as const;
      if (!wanted.includes(name)) {
        const message = `${within}rollout.waves[${index}] names ${quote(name)}, which is not among the regions of ${above.at(-1) ?? 'the image'}`;
        return [
          { ...known, message, hint: `add it to \`${within}regions\`, or take it out of the wave; the regions are ${wanted.join(', ')}` },
        ];
      }
      const first = inWaves.findIndex((other) => other.name === name);
      return first < position ? [{ ...known, message: `region ${quote(name)} is in two waves`, hint: 'keep it in one of them' }] : [];
    }),
  ];
}

/** What stands between the last wave and none says nothing. */
function idleKeys(
  above: Path,
  rollout: ImageEntry['rollout'],
  wanted: readonly string[],
  named: readonly string[],
): readonly ImageProblem[] {
  const last = (rollout?.waves.length ?? 0) - 1;
  const wave = rollout?.waves[last];
  if (wave === undefined || wanted.some((name) => !named.includes(name))) return [];
  return (['pause', 'approval', 'check'] as const)
    .filter((key) => wave[key] !== undefined && wave[key] !== false)
    .map((key) => ({
      path: [...above, 'rollout', 'waves', last, key],
      at: 'value',
      code: 'VALUE_INVALID',
      message: `${above.map((part) => `${part}.`).join('')}rollout.waves[${last}].${key} waits for a next wave, and there is none`,
      hint: 'take it out, or leave regions for the waves behind it',
    }));
}
