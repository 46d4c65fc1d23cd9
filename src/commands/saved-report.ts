import { join } from 'node:path';
import { RegildError } from '../errors.ts';
import { ImageReport, Report, type StreamedReport } from '../model/index.ts';
import type { Io } from './command.ts';
import { listRuns, type SavedReport, withReportFile } from './files.ts';
import { lastRunId } from './known-runs.ts';
import type { ImageEnd } from './next-steps.ts';
import { hearSignals } from './print.ts';

/**
 * Reads the report of a run below `folder`, of the last one that wrote where none is named: image by image, and how each of them ended. Throws
 * RUN_NOT_FOUND, and ARTIFACT_INVALID before anything of it is given; CANCELLED when a signal comes.
 */
export async function withReport(
  folder: string,
  id: string | undefined,
  io: Pick<Io, 'signal'>,
  read: (report: StreamedReport, ends: readonly ImageEnd[]) => Promise<void>,
): Promise<void> {
  const known = await listRuns(folder);
  const wanted = id ?? (await lastRunId(folder));
  if (wanted === undefined || !known.includes(wanted)) throw noReport(wanted, runsHint(known));
  const found = await withReportFile(join(folder, wanted, 'report.json'), async (saved) => {
    const report = checkedReport(saved, wanted);
    const ends: ImageEnd[] = [];
    for (const image of report.images) {
      ends.push(endOf(image));
      await hearSignals(io);
    }
    await read(report, ends);
    return true;
  });
  if (found === undefined) throw noReport(wanted, `it was cut short: \`regild build --resume ${wanted}\` goes on with it`);
}

function noReport(wanted: string | undefined, hint: string): RegildError {
  return new RegildError('RUN_NOT_FOUND', wanted === undefined ? 'there is no run yet' : `there is no report of a run ${wanted}`, { hint });
}

function runsHint(known: readonly string[]): string {
  return known.length ? `runs: ${known.slice(-5).join(', ')}` : 'start one with `regild build`';
}

function endOf({ image, outcome, stage, exitCode }: ImageReport): ImageEnd {
  return { image, outcome, stage, exitCode };
}

/** Whoever walks the images has each of them checked on the way. */
function checkedReport({ run, images }: SavedReport, id: string): StreamedReport {
  const checkedImages = () => Iterator.from(images).map((image) => known(ImageReport.safeParse(image), id));
  return { ...known(Report.safeParse(run), id), images: { [Symbol.iterator]: checkedImages } };
}

function known<Value>({ data, error }: { readonly data?: Value | undefined; readonly error?: Error | undefined }, id: string): Value {
  if (data !== undefined) return data;
  throw new RegildError('ARTIFACT_INVALID', `the report of run ${id} cannot be read`, {
    hint: 'another version of regild wrote it',
    cause: error,
  });
}
