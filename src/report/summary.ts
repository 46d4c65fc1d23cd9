import {
  type CheckResult,
  formatDuration,
  type ImageReport,
  type Issue,
  type Question,
  type RegionState,
  type StreamedReport,
  type TestedVm,
} from '../model/index.ts';
import { type ComponentFate, fatesOf, type Replacement, replacementsOf } from './components.ts';
import { type ContentSection, contentSections } from './content-sections.ts';
import type { Fact } from './fact.ts';
import { comes, factsOf } from './facts.ts';
import { issuesOf } from './issues.ts';
import { asks, openQuestions } from './questions.ts';
import { type StageLine, stagesOf } from './stages.ts';

/** What one line says of an image. Nothing in it is encoded. */
export interface ImageHeadline {
  readonly name: string;
  readonly outcome: ImageReport['outcome'];
  readonly version: string | undefined;
  readonly milliseconds: number;
}

/** The lines of all images: of a large fleet they fit in memory, and its reports do not. */
export function headlinesOf({ images }: Pick<StreamedReport, 'images'>): readonly ImageHeadline[] {
  return Array.from(images, headlineOf);
}

function headlineOf(image: ImageReport): ImageHeadline {
  return {
    name: image.image,
    outcome: image.outcome,
    version: image.published?.version ?? image.build?.version ?? (comes(image) ? image.plan?.version : undefined),
    milliseconds: Object.values(image.timings).reduce((sum, each) => sum + each, 0),
  };
}

/** What every report says of one image, before it is put into a language. Nothing in it is encoded. */
export interface ImageSummary extends ImageHeadline {
  readonly facts: readonly Fact[];
  readonly stages: readonly StageLine[];
  readonly regions: readonly RegionState[];
  readonly components: readonly ComponentFate[];
  readonly replacements: readonly Replacement[];
  /** What is proposed, what is left, and what arrived. */
  readonly content: readonly ContentSection[];
  readonly vms: readonly TestedVm[];
  readonly questions: readonly Question[];
  readonly issues: readonly Issue[];
}

export function summarise(image: ImageReport): ImageSummary {
  const issues = issuesOf(image);
  const questions = openQuestions(image, issues);
  const components = fatesOf(image);
  return {
    ...headlineOf(image),
    facts: factsOf(image),
    stages: stagesOf(image),
    regions: image.published?.regions ?? [],
    components,
    replacements: replacementsOf(components),
    content: contentSections(image),
    vms: image.validation?.vms ?? [],
    questions,
    issues: issues.filter((issue) => !questions.some((question) => asks(issue, question))),
  };
}

/** Counts per outcome in the order in which they are met: `2 published, 1 failed`. */
export function countOutcomes(images: readonly Pick<ImageReport, 'outcome'>[]): string {
  const groups = Map.groupBy(images, ({ outcome }) => outcome);
  return [...groups].map(([outcome, members]) => `${members.length} ${outcome}`).join(', ');
}

/** Milliseconds from the start of a run to its end; 0 where the clock was put back meanwhile. */
export function elapsed({ started, finished }: Pick<StreamedReport, 'started' | 'finished'>): number {
  return Math.max(0, Date.parse(finished) - Date.parse(started));
}

/** The line that no reader of a sandbox run may miss; undefined for real clouds. */
export function simulatedNotice({ clouds }: Pick<StreamedReport, 'clouds'>): string | undefined {
  return clouds.simulated ? `simulated: no real image exists (AWS: ${clouds.aws}, Azure: ${clouds.azure})` : undefined;
}

/** `ready in 48 s`, or that it never was. */
export function readiness({ secondsToReady }: TestedVm): string {
  if (secondsToReady === undefined) return 'never became ready';
  return secondsToReady < 1 ? 'ready within a second' : `ready in ${formatDuration(secondsToReady * 1000)}`;
}

/** True for a result that keeps the version from being published. */
export function blocksPublishing({ severity, status }: CheckResult): boolean {
  return severity === 'block' && (status === 'fail' || status === 'error');
}

/** `31 passed, 1 failed, 2 skipped`, without what did not occur. */
export function countChecks(checks: readonly CheckResult[]): string {
  const words = { pass: 'passed', fail: 'failed', error: 'not run', skip: 'skipped' } as const;
  const groups = Map.groupBy(checks, ({ status }) => words[status]);
  return Object.values(words)
    .flatMap((word) => (groups.has(word) ? [`${groups.get(word)?.length} ${word}`] : []))
    .join(', ');
}
