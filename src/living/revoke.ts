import { COPIED_TAG, type ExistingVersion, type ImageSpec, REVOKED_TAG, REVOKED_WITH_TAG, tagValue } from '../model/index.ts';
import type { VersionWrite } from './latest-change.ts';
import { newestFirst } from './versions.ts';

/** Azure takes only an end of life that is to come: this soon is as good as at once. */
const SOON = 10 * 60_000;

/** A version of one of the fleet's images. */
export interface Owned {
  readonly spec: ImageSpec;
  readonly version: ExistingVersion;
}

/** Takes a version out of `latest` everywhere and says why on it; its end of life comes after, so that a date which Azure refuses keeps nothing in. */
export function revocation(
  version: ExistingVersion,
  reason: string,
  takenAlongWith: string | undefined,
  now: Date,
): readonly VersionWrite[] {
  const why = takenAlongWith === undefined ? reason : `it was made from ${takenAlongWith}, which was revoked: ${reason}`;
  const tags = {
    ...version.tags,
    [REVOKED_TAG]: tagValue(reason),
    ...(takenAlongWith !== undefined && { [REVOKED_WITH_TAG]: tagValue(takenAlongWith) }),
  };
  const endOfLife = new Date(now.getTime() + SOON).toISOString();
  const over = version.endOfLife !== undefined && Date.parse(version.endOfLife) <= Date.parse(endOfLife);
  return [
    { version, action: 'revoke', reason: why, change: { excludeFromLatest: true, tags } },
    ...(over ? [] : [{ version, action: 'end', reason: `its end of life is ${endOfLife.slice(0, 16)}Z`, change: { endOfLife } } as const]),
  ];
}

/** Every version of the fleet that was made from one, over any number of steps, nearest first. */
export function madeFrom(root: ExistingVersion, all: readonly Owned[]): readonly Owned[] {
  const direct = newestFirst(all.map(({ version }) => version)).flatMap((version) =>
    isFrom(version, root) ? all.filter((one) => one.version === version) : [],
  );
  return direct.flatMap((one) => [
    one,
    ...madeFrom(
      one.version,
      all.filter(({ version }) => version !== root),
    ),
  ]);
}

function isFrom({ tags, source, id }: ExistingVersion, root: ExistingVersion): boolean {
  const same = (other: string | undefined) => other?.toLowerCase() === root.id.toLowerCase();
  return id !== root.id && (same(tags[COPIED_TAG]) || same(source));
}
