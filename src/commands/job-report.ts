import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { uploadSummary } from '../ci/annotations.ts';
import { codeQuality } from '../ci/code-quality.ts';
import { ciSystem } from '../ci/system.ts';
import type { Issue, Report } from '../model/index.ts';
import { visible } from '../report/encode.ts';
import { renderSummary } from '../report/index.ts';
import type { Io } from './command.ts';
import { append, writeWhole } from './files.ts';

/** GitHub shows no more of one step (docs.github.com, workflow commands: step isolation and limits). */
const MOST_BYTES = 1024 * 1024;

/** What a merge request of GitLab reads, from the root of the job's folder. */
const CODE_QUALITY = join('.regild', 'gl-code-quality-report.json');

/**
 * In a job of a CI system, tells the job what was done, without an option: GitHub's and Azure's summary, GitLab's code quality report. What cannot be written is
 * said, and changes nothing of how the verb ends.
 */
export async function tellJob(report: Report, io: Io): Promise<void> {
  await tellInSummary((most) => renderSummary(report, most), report.runId, io);
  await tellQuality([...report.issues, ...report.images.flatMap(({ issues }) => issues)], io);
}

/** The same for a document of another kind: `render` gives it as Markdown in at most so many bytes. */
export async function tellInSummary(render: (most: number) => string, id: string, io: Io): Promise<void> {
  const { GITHUB_STEP_SUMMARY: summary, AGENT_TEMPDIRECTORY: temporary } = io.environment;
  const system = ciSystem(io.environment);
  await noted('the summary of the job', io, async () => {
    if (system === 'github' && summary) {
      const path = resolve(io.folder, summary);
      const used = await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
      await append(path, render(MOST_BYTES - used), { content: 'text' });
    }
    if (system === 'azure' && temporary) {
      const path = resolve(temporary, `regild-${id}.md`);
      await writeWhole(path, render(MOST_BYTES), { content: 'text' });
      io.diagnostics.write(`${uploadSummary(path)}\n`);
    }
  });
}

/** GitLab's code quality report, where this is a job of it. */
export async function tellQuality(issues: readonly Issue[], io: Io): Promise<void> {
  if (ciSystem(io.environment) !== 'gitlab') return;
  const path = resolve(io.folder, CODE_QUALITY);
  await noted(CODE_QUALITY, io, async () => {
    await writeWhole(path, codeQuality(issues), { content: 'json', mode: 0o644 });
  });
}

async function noted(what: string, { diagnostics }: Io, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    diagnostics.write(`note        ${what} could not be written: ${visible(error instanceof Error ? error.message : String(error))}\n`);
  }
}
