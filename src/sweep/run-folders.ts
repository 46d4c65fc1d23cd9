import type { ImageReport, RunRecord } from '../model/index.ts';

/** What a run folder tells of one of its images. */
export interface RunImage {
  readonly image: string;
  /** Absent where the run was cut short before the image ended. */
  readonly outcome?: ImageReport['outcome'] | undefined;
  /** Whether something that it wrote was left for `--resume`, and no later run has brought the image to its end. */
  readonly unfinished: boolean;
  /** The published version of which no records container of Azure has more than this folder. */
  readonly onlyRecordOf?: string | undefined;
}

/** A run folder as it was found. */
export interface FoundRun {
  readonly id: string;
  readonly started: Date;
  readonly bytes: number;
  /** Who works in it, in words. */
  readonly heldBy?: string | undefined;
  /** What the run set out to do, and how its images fared; absent where nothing in the folder tells. */
  readonly told?: { readonly record: RunRecord; readonly images: readonly RunImage[] } | undefined;
}

/** A run folder, and whether it may go. */
export interface JudgedRun {
  readonly run: FoundRun;
  readonly action: 'delete' | 'keep';
  readonly reason: string;
}

/**
 * Which run folders may go: those that are older than `olderThanMilliseconds`, unless a process works in one, it is the last of all, it can be gone on with,
 * or it is all that is left of a version that was really published. `runs` are in the order of their start.
 */
export function judgeRuns(
  runs: readonly FoundRun[],
  { now, olderThanMilliseconds }: { readonly now: Date; readonly olderThanMilliseconds: number },
): readonly JudgedRun[] {
  const last = runs.findLast(({ told }) => told !== undefined)?.id;
  return runs.map((run) => {
    const age = now.getTime() - run.started.getTime();
    const kept = reasonToKeep(run, run.id === last, age < olderThanMilliseconds);
    return kept === undefined
      ? { run, action: 'delete', reason: 'it is old, and nothing stands on it' }
      : { run, action: 'keep', reason: kept };
  });
}

function reasonToKeep({ heldBy, told }: FoundRun, isLast: boolean, isYoung: boolean): string | undefined {
  if (heldBy !== undefined) return `${heldBy} works in it`;
  if (isYoung) return 'it is not old enough';
  if (told === undefined) return 'nothing in it tells what it did';
  if (isLast) return 'it is the last run';
  const unfinished = told.images.find((image) => image.unfinished);
  if (unfinished !== undefined) return `${unfinished.image} can be gone on with: --resume ${told.record.runId}`;
  const [only] = told.record.clouds.simulated ? [] : told.images.filter(({ onlyRecordOf }) => onlyRecordOf !== undefined);
  return only && `it is all that is kept of version ${only.onlyRecordOf} of ${only.image}: no \`records.container\` has it`;
}
