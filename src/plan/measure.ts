import { scriptPath } from '../guest/scripts.ts';
import { type BuildPlan, type ImageSpec, sha256 } from '../model/index.ts';

/** What the test VM is measured by; undefined where the manifest asks for nothing. `own` reads a file of the installation. */
export async function planMeasure(
  { measure }: Pick<ImageSpec, 'measure'>,
  os: 'linux' | 'windows',
  own: (path: string) => Promise<string>,
): Promise<BuildPlan['test']['measure']> {
  if (measure.length === 0) return undefined;
  const path = scriptPath(os, 'measure');
  return { script: { path, sha256: sha256(await own(path)) }, metrics: measure };
}
