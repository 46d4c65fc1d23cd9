import { scriptPath } from '../guest/scripts.ts';
import type { BuildPlan, ImageSpec } from '../model/index.ts';

/** What the test VM is measured by; undefined where the manifest asks for nothing. `hashOf` gives the SHA-256 of a file of the installation. */
export async function planMeasure(
  { measure }: Pick<ImageSpec, 'measure'>,
  os: 'linux' | 'windows',
  hashOf: (path: string) => Promise<string>,
): Promise<BuildPlan['test']['measure']> {
  if (measure.length === 0) return undefined;
  const path = scriptPath(os, 'measure');
  return { script: { path, sha256: await hashOf(path) }, metrics: measure };
}
