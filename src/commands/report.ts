import { resolve } from 'node:path';
import { Option } from 'commander';
import { RegildError } from '../errors.ts';
import { ExitCode, Report } from '../model/index.ts';
import { REPORT_FORMATS, type ReportFormat, renderReport } from '../report/index.ts';
import type { Verb } from './command.ts';
import { createArtifacts, listRuns } from './files.ts';
import { knownRuns } from './known-runs.ts';

interface ReportFlags {
  readonly format: ReportFormat;
  readonly runs: string;
}

/** Prints the report of a run (of the last one that wrote, when none is named) once more, in any format. */
export const reportVerb: Verb = (program, run) =>
  program
    .argument('[run]', 'run id')
    .addOption(new Option('--format <format>', 'how to print it').choices([...REPORT_FORMATS]).default('text'))
    .addOption(new Option('--runs <folder>', 'where run folders are kept').default('.regild/runs').env('REGILD_RUNS'))
    .action((id: string | undefined, { format, runs }: ReportFlags) =>
      run(async (io) => {
        for (const piece of renderReport(await loadReport(resolve(io.folder, runs), id), format)) io.out(piece);
        return ExitCode.ok;
      }),
    );

function runsHint(known: readonly string[]): string {
  return known.length ? `runs: ${known.slice(-5).join(', ')}` : 'start one with `regild build`';
}

async function loadReport(folder: string, id: string | undefined): Promise<Report> {
  const known = await listRuns(folder);
  const wanted = id ?? (await knownRuns(folder)).at(-1)?.record.runId;
  const saved = wanted && known.includes(wanted) ? await createArtifacts(resolve(folder, wanted)).load('.', 'Report') : undefined;
  if (saved === undefined) {
    throw new RegildError('RUN_NOT_FOUND', wanted ? `there is no report of a run ${wanted}` : 'there is no run yet', {
      hint:
        wanted !== undefined && known.includes(wanted)
          ? `it was cut short: \`regild build --resume ${wanted}\` goes on with it`
          : runsHint(known),
    });
  }
  const parsed = Report.safeParse(saved);
  if (parsed.success) return parsed.data;
  throw new RegildError('ARTIFACT_INVALID', `the report of run ${wanted} cannot be read`, {
    hint: 'another version of regild wrote it',
    cause: parsed.error,
  });
}
