import { type ImageReport, Stage } from '../model/index.ts';

export interface StageLine {
  readonly stage: Stage;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** Absent where the stage did not run in this run. */
  readonly milliseconds: number | undefined;
}

/** How far an image came: stages before the last one passed, the last one passed or failed by the outcome, those after it were skipped. */
export function stagesOf(image: ImageReport): readonly StageLine[] {
  const last = Stage.options.indexOf(image.stage);
  return Stage.options.map((stage, index) => ({
    stage,
    state: index < last ? 'passed' : index > last ? 'skipped' : succeeded(image.outcome) ? 'passed' : 'failed',
    milliseconds: image.timings[stage],
  }));
}

/** Whether an outcome is what was asked for. */
export function succeeded(outcome: ImageReport['outcome']): boolean {
  switch (outcome) {
    case 'published':
    case 'validated':
    case 'built':
    case 'ready':
    case 'unchanged':
      return true;
    case 'blocked':
    case 'failed':
    case 'cancelled':
    case 'timed-out':
      return false;
  }
}
