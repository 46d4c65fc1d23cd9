import { annotations } from '../ci/annotations.ts';
import { ciSystem } from '../ci/system.ts';
import type { Issue } from '../model/index.ts';
import type { Io } from './command.ts';

/** In a job of GitHub Actions or Azure Pipelines, shows issues where they stand in the files; nothing elsewhere. They go to the diagnostics, which both systems read too. */
export function annotate(issues: readonly Issue[], { environment, diagnostics }: Pick<Io, 'environment' | 'diagnostics'>): void {
  const system = ciSystem(environment);
  if (system === undefined || system === 'gitlab') return;
  for (const line of annotations(issues, system)) diagnostics.write(`${line}\n`);
}
