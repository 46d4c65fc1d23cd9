import { join, resolve } from 'node:path';
import { Option } from 'commander';
import { RegildError } from '../errors.ts';
import { ExitCode, type ImageSpec, type LoggedEvent, type Report, type StreamedReport } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { readRecord } from '../records/read.ts';
import { historyOf, REPORT_FORMATS, type ReportFormat, renderReport } from '../report/index.ts';
import type { Io, Verb } from './command.ts';
import { runFolders } from './known-runs.ts';
import { withFleet } from './living.ts';
import { afterWriting, type ImageEnd } from './next-steps.ts';
import { goOn, printAll } from './print.ts';
import { readRunLog } from './run-log.ts';
import { withReport } from './saved-report.ts';

interface ReportFlags {
  readonly format: ReportFormat;
  readonly runs: string;
  readonly json?: true;
  readonly brief?: true;
  readonly manifest: string;
  readonly image?: string;
  readonly sandbox?: true;
}

/** Prints the report of a run (of the last one that wrote, when none is named), or what is kept of a version, once more in any format. */
export const reportVerb: Verb = (program, run) =>
  program
    .argument('[subject]', 'run id, or a version such as 2026.1121.0')
    .option('--json', 'the same as --format json')
    .addOption(new Option('-f, --manifest <file>', 'the manifest, for a version').default('images.yaml').env('REGILD_MANIFEST'))
    .option('--image <name>', 'whose version is meant, where several images have one of that name')
    .option('--sandbox', 'for a version: speak to the embedded sandbox clouds instead of AWS and Azure')
    .addOption(new Option('--format <format>', 'how to print it').choices([...REPORT_FORMATS]).default('text'))
    .option('--brief', 'as text, markdown or html: only a line of each image that came through')
    .addOption(new Option('--runs <folder>', 'where run folders are kept').default('.regild/runs').env('REGILD_RUNS'))
    .action((subject: string | undefined, flags: ReportFlags) =>
      run(async (io) => {
        const { runs, json, brief } = flags;
        const shown = formatOf(flags);
        const tell = async (report: StreamedReport, ends: readonly ImageEnd[], events: readonly LoggedEvent[]) => {
          await printAll(renderReport(report, shown, { history: historyOf(events), brief }), shown, io);
          goOn(afterWriting({ runId: report.runId, images: ends }, flags), shown === 'json' || json, io);
        };
        if (isVersion(subject)) {
          const report = await versionReport(subject, flags, io);
          await tell(report, report.images, []);
        } else {
          const folder = resolve(io.folder, runs);
          // Only a page shows when things happened.
          const eventsOf = (runId: string) => (shown === 'html' ? readRunLog(join(folder, runId)) : []);
          await withReport(folder, subject, io, async (report, ends) => tell(report, ends, eventsOf(report.runId)));
        }
        return ExitCode.ok;
      }),
    );

/** Programs are always told everything. Throws USAGE where only a part is asked for in a format of theirs. */
function formatOf({ format, json, brief }: ReportFlags): ReportFormat {
  const shown = json ? 'json' : format;
  if (!brief || (shown !== 'json' && shown !== 'junit')) return shown;
  throw new RegildError('USAGE', `a ${shown} report always holds everything`, { hint: '--brief is for --format text, markdown and html' });
}

function isVersion(subject: string | undefined): subject is string {
  return /^\d+\.\d+\.\d+$/.test(subject ?? '');
}

/** What is kept of a version of one of the manifest's images. */
async function versionReport(version: string, flags: ReportFlags, io: Io): Promise<Report> {
  const names = flags.image === undefined ? [] : [flags.image];
  return withFleet(names, { ...flags, cache: true }, io, async (context, { specs }) => {
    const found = await publishedAs(version, specs, context);
    const record = await readRecord(found.spec, found.version, context, runFolders(flags.runs, io));
    if (record?.report) return record.report;
    throw new RegildError('RUN_NOT_FOUND', `nothing is kept of version ${version} of ${found.spec.name}`, {
      hint:
        found.spec.records?.container === undefined
          ? 'set `records.container` before the next build, or run this where the run folder of its build is'
          : `${found.spec.records.container} holds versions that were published since it was set`,
    });
  });
}

async function publishedAs(version: string, specs: readonly ImageSpec[], { ports }: Context) {
  const found = await Promise.all(
    specs.map(async (spec) => ({ spec, version: (await ports.gallery.versions(spec.target)).find(({ name }) => name === version) })),
  );
  const [one, ...others] = found.flatMap(({ spec, version: existing }) => (existing ? [{ spec, version: existing }] : []));
  if (one === undefined)
    throw new RegildError('VERSION_NOT_FOUND', `no image of the manifest has a version ${version}`, { hint: '`regild status` lists them' });
  if (others.length === 0) return one;
  const names = [one, ...others].map(({ spec }) => spec.name).join(', ');
  throw new RegildError('USAGE', `${names} each have a version ${version}`, { hint: `say which: --image ${one.spec.name}` });
}
