import type { ImageReport, RunRecord } from '../model/index.ts';

/** A run that wrote, as its folder tells. */
export interface KnownRun {
  readonly record: RunRecord;
  /** How each image that it has ended with fared; an image that is missing was under way when the run was cut short. */
  readonly ended: ReadonlyMap<string, Pick<ImageReport, 'outcome' | 'stage'>>;
}

const FINISHED: readonly ImageReport['outcome'][] = ['published', 'unchanged'];
const WRITING: readonly ImageReport['stage'][] = ['build', 'validate', 'publish'];

/** The run to continue an image with: the last one that wrote for it, unless that one brought it to its end. `runs` are in the order of their start. */
export function unfinishedRun(runs: readonly KnownRun[], image: string): RunRecord | undefined {
  const last = runs.findLast((run) => run.record.images.includes(image) && wrote(run.ended.get(image)));
  const outcome = last?.ended.get(image)?.outcome;
  return last && !(outcome && FINISHED.includes(outcome)) ? last.record : undefined;
}

/** One that was blocked, or failed before it built, left nothing to go on with; one that never ended may have. */
function wrote(end: Pick<ImageReport, 'outcome' | 'stage'> | undefined): boolean {
  return (
    end === undefined ||
    (end.outcome !== 'blocked' && end.outcome !== 'ready' && WRITING.includes(end.stage)) ||
    FINISHED.includes(end.outcome)
  );
}

/** The newest run to continue any of these images with. */
export function runToContinue(runs: readonly KnownRun[], images: readonly string[]): RunRecord | undefined {
  const candidates = images.flatMap((image) => unfinishedRun(runs, image) ?? []);
  return candidates.toSorted((one, other) => (one.started < other.started ? -1 : 1)).at(-1);
}

/** Images that this report leaves unfinished, for which the run can be continued. */
export function unfinishedImages(images: readonly Pick<ImageReport, 'image' | 'outcome' | 'stage'>[]): readonly string[] {
  return images.filter((report) => wrote(report) && !FINISHED.includes(report.outcome)).map(({ image }) => image);
}
