import { isDeepStrictEqual } from 'node:util';
import type { Arm } from './arm.ts';

/** How many fields two versions and their definitions share, and the paths of those in which they differ. */
export async function differing(
  versions: readonly string[],
  arm: Arm,
): Promise<{ readonly alike: number; readonly different: readonly string[] }> {
  const [one, other] = await Promise.all(
    versions.map(async (version) => ({
      ...fields((await arm.send('GET', `${version.replace(/\/versions\/.*/, '')}?${VERSION}`)).body, 'definition'),
      ...fields((await arm.send('GET', `${version}?$expand=ReplicationStatus&${VERSION}`)).body, 'version'),
    })),
  );
  const paths = [...new Set([one, other].flatMap((fields) => Object.keys(fields ?? {})))];
  const different = paths.filter((path) => !isDeepStrictEqual(one?.[path], other?.[path]));
  return { alike: paths.length - different.length, different };
}

const VERSION = 'api-version=2024-03-03';

function fields(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return { [path]: value };
  return Object.assign({}, ...Object.entries(value).map(([name, inner]) => fields(inner, `${path}.${name}`)));
}
