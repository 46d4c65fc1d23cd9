import { parseDuration } from './duration.ts';
import type { ExistingVersion } from './gallery.ts';
import type { ImageSpec } from './image-spec.ts';
import type { Tags } from './machine.ts';
import { tagValue, WAVE_CHECK_TAG } from './tags.ts';

/** The regions that come next in a rollout, and what they wait for. */
export interface NextWave {
  readonly regions: readonly string[];
  readonly pause: string | undefined;
  readonly approval: boolean;
  /** Set where the wave before it is checked first. */
  readonly check?: CheckedWave | undefined;
}

/** A wave in which a version is `latest`, and is to be looked at before the next one goes. */
export interface CheckedWave {
  /** Counted from 1. */
  readonly number: number;
  readonly regions: readonly string[];
}

export type WaveWithCheck = NextWave & { readonly check: CheckedWave };

export function isChecked(next: NextWave): next is WaveWithCheck {
  return next.check !== undefined;
}

/** The waves of an image: those of the manifest, and the regions in none of them last. One wave with all regions where there is no rollout. */
export function wavesOf({ rollout = [], regions }: Pick<ImageSpec, 'rollout' | 'regions'>): readonly (readonly string[])[] {
  const rest = regions.map(({ name }) => name).filter((name) => !rollout.some((wave) => wave.regions.includes(name)));
  return [...rollout.map((wave) => wave.regions), rest].filter((wave) => wave.length > 0);
}

/** Regions in which a version is not to be `latest` when it is published: all but those of the first wave. */
export function laterRegions(spec: Pick<ImageSpec, 'rollout' | 'regions'>): readonly string[] {
  return wavesOf(spec).slice(1).flat();
}

/** The next wave of a version that is `latest` in some of its regions; undefined when it is in all of them. */
export function nextWave(
  spec: Pick<ImageSpec, 'rollout' | 'regions'>,
  { excludedRegions, targetRegions }: Pick<ExistingVersion, 'excludedRegions' | 'targetRegions'>,
): NextWave | undefined {
  const waves = wavesOf(spec);
  const index = waves.findIndex((wave) => wave.some((region) => excludedRegions.includes(region)));
  const regions = waves[index]?.filter((region) => excludedRegions.includes(region));
  if (regions === undefined) return undefined;
  const before = spec.rollout?.[index - 1];
  const held = targetRegions.map(({ name }) => name);
  const check = before?.check ? { number: index, regions: before.regions.filter((name) => held.includes(name)) } : undefined;
  return { regions, pause: before?.pause, approval: before?.approval ?? false, ...(check && { check }) };
}

/** What is kept on a version of a wave whose check failed: `wave 1 failed at 2026-11-21T08:15:02.000Z: …`. */
export function failedWaveTag({ number }: CheckedWave, at: Date, what: string): string {
  return tagValue(`wave ${number} failed at ${at.toISOString()}: ${what}`);
}

/** That the check of a wave failed, when, and what; undefined where it did not, or was not made. */
export function failedWave(tags: Tags, { number }: CheckedWave): string | undefined {
  const said = tags[WAVE_CHECK_TAG];
  return said?.startsWith(`wave ${number} failed at `) ? said : undefined;
}

/** When a version that is published at a time reaches its end of life; undefined where the manifest sets none. */
export function endOfLife({ endOfLife: after }: { readonly endOfLife?: string | undefined }, published: Date): Date | undefined {
  const duration = parseDuration(after ?? '');
  return duration === undefined ? undefined : new Date(published.getTime() + duration);
}
