import { resolve } from 'node:path';
import { type Report, type RunRecord, SCHEMA_VERSION } from '../model/index.ts';
import type { Io } from './command.ts';
import { issuesOf } from './failure.ts';
import { createArtifacts, listRuns } from './files.ts';
import { version } from './installation.ts';
import type { RunFlags } from './options.ts';
import { newRunId } from './run-id.ts';

/** Nobody came as far as asking a cloud. */
const NOT_ASKED = { aws: 'not asked', azure: 'not asked', simulated: false };

/**
 * Gives a run of no image that says why nothing was begun, and leaves it in a folder where it `isKept`: `regild report` in a later step of a CI job
 * tells of it, and not of the success before. A folder that cannot be written is said, and takes nothing from the failure.
 */
export async function recordFailedStart(
  failure: unknown,
  { command, runs, isKept }: Pick<RunFlags, 'runs'> & { readonly command: string; readonly isKept: boolean },
  io: Io,
): Promise<Report> {
  const now = io.now();
  const folder = resolve(io.folder, runs);
  const runId = newRunId(now, await listRuns(folder).catch(() => []));
  const artifacts = createArtifacts(resolve(folder, runId));
  const shared = { schemaVersion: SCHEMA_VERSION, runId, command, started: now.toISOString(), images: [], clouds: NOT_ASKED } as const;
  const record: RunRecord = { kind: 'RunRecord', ...shared };
  const tool = { name: 'regild', version } as const;
  const report: Report = { kind: 'Report', ...shared, tool, finished: shared.started, issues: issuesOf(failure) };
  if (!isKept) return report;
  try {
    await artifacts.save('.', record);
    await artifacts.save('.', report);
  } catch {
    io.diagnostics.write(`note        ${runs} cannot be written: \`regild report\` will not tell of this failure\n`);
  }
  return report;
}
