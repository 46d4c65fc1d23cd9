import type { ProgressEvent, RegionState, Stage } from '../../model/index.ts';

export interface StageState {
  readonly stage: Stage;
  readonly status: 'running' | 'done' | 'failed';
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly milliseconds?: number;
  readonly note?: string;
  readonly regions?: readonly RegionState[];
  readonly warnings: number;
  readonly problems: number;
  readonly resumed: boolean;
}

export interface ImageState {
  readonly image: string;
  readonly stages: readonly StageState[];
  readonly outcome?: string;
}

/** What a watcher knows: the images in the order in which they appeared. */
export type ConsoleState = readonly ImageState[];

/** The state after an event; `now` in milliseconds since the epoch. */
export function advance(state: ConsoleState, event: ProgressEvent, now: number): ConsoleState {
  if (event.kind === 'notice') return state.map((image) => noted(image, event.text));
  const known = state.some(({ image }) => image === event.image);
  const images = known ? state : [...state, { image: event.image, stages: [] }];
  return images.map((image) => (image.image === event.image ? advanceImage(image, event, now) : image));
}

/** What concerns all stands beside each stage that is under way. */
function noted(image: ImageState, note: string): ImageState {
  return image.stages.at(-1)?.status === 'running' ? changeLast(image, { note }) : image;
}

function advanceImage(image: ImageState, event: Exclude<ProgressEvent, { kind: 'notice' }>, now: number): ImageState {
  switch (event.kind) {
    case 'stage-started':
      return {
        ...image,
        stages: [...image.stages, { stage: event.stage, status: 'running', started: now, warnings: 0, problems: 0, resumed: false }],
      };
    case 'stage-note':
      return changeLast(image, { note: event.text });
    case 'replication':
      return changeLast(image, { regions: event.regions });
    case 'stage-finished':
      return changeLast(image, {
        status: 'done',
        milliseconds: event.milliseconds,
        resumed: event.resumed,
        warnings: event.issues.filter(({ severity }) => severity === 'warning').length,
        problems: event.issues.filter(({ severity }) => severity === 'error' || severity === 'question').length,
      });
    case 'stage-failed':
      return changeLast(image, { status: 'failed', milliseconds: event.milliseconds, note: event.message });
    case 'image-finished':
      return { ...image, outcome: event.outcome };
  }
}

function changeLast(image: ImageState, change: Partial<StageState>): ImageState {
  return { ...image, stages: image.stages.map((stage, index) => (index === image.stages.length - 1 ? { ...stage, ...change } : stage)) };
}
