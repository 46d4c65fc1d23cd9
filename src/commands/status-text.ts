import { type ExistingVersion, type ImageSpec, newestVersionFirst, ORIGIN_TAGS } from '../model/index.ts';

export interface ImageStatus {
  readonly image: string;
  readonly gallery: string;
  readonly definition: string;
  /** Newest first. */
  readonly versions: readonly ExistingVersion[];
}

/** An image with its versions, newest first by number. */
export function statusOf(spec: ImageSpec, versions: readonly ExistingVersion[]): ImageStatus {
  const { gallery, definition } = spec.target;
  return { image: spec.name, gallery, definition, versions: versions.toSorted((one, other) => newestVersionFirst(one.name, other.name)) };
}

/** One block per image, one line per version. */
export function statusText(statuses: readonly ImageStatus[]): string {
  return statuses.map(imageText).join('\n');
}

function imageText({ image, gallery, definition, versions }: ImageStatus): string {
  const lines = versions.length ? versions.map(versionLine) : ['  no versions'];
  return `${image}  ${gallery}/${definition}\n${lines.join('\n')}\n`;
}

function versionLine({ name, excludeFromLatest, provisioningState, targetRegions, tags }: ExistingVersion): string {
  const state = provisioningState === 'Succeeded' ? (excludeFromLatest ? 'staged' : 'promoted') : provisioningState.toLowerCase();
  const from = tags[ORIGIN_TAGS.ami] ? `  from ${tags[ORIGIN_TAGS.ami]}` : '';
  return `  ${name.padEnd(16)}${state.padEnd(10)}${targetRegions.map((region) => region.name).join(', ')}${from}`;
}
