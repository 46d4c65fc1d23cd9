import type { RegionState } from './gallery-version.ts';
import type { Issue } from './issue.ts';
import type { Stage } from './stages.ts';

/** What happened, for whoever watches. */
export type ProgressEvent =
  /** What concerns every image: a cloud that does not answer. */
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'stage-started'; readonly image: string; readonly stage: Stage }
  | { readonly kind: 'stage-note'; readonly image: string; readonly stage: Stage; readonly text: string }
  | { readonly kind: 'replication'; readonly image: string; readonly regions: readonly RegionState[] }
  | {
      readonly kind: 'stage-finished';
      readonly image: string;
      readonly stage: Stage;
      readonly milliseconds: number;
      readonly issues: readonly Issue[];
      readonly resumed: boolean;
    }
  | {
      readonly kind: 'stage-failed';
      readonly image: string;
      readonly stage: Stage;
      readonly milliseconds: number;
      readonly message: string;
    }
  | { readonly kind: 'image-finished'; readonly image: string; readonly outcome: string };
