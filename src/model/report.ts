import * as z from 'zod';
import { BaseMatch } from './base-match.ts';
import { BuildResult } from './build-result.ts';
import { ExitCodeSchema } from './exit-code.ts';
import { GalleryVersion } from './gallery-version.ts';
import { Issue } from './issue.ts';
import { Preflight } from './preflight.ts';
import { ReportedAnalysis, ReportedPlan, ReportedTemplate, ReportedValidation } from './reported.ts';
import { artifact, list, record } from './schema.ts';
import { Stage } from './stages.ts';

/** How one image fared: every artifact that was reached, and every issue on the way. Contents of files are not repeated: they lie in the run folder. */
export const ImageReport = artifact('ImageReport', {
  image: z.string(),
  /** `ready` = planned without trouble and not applied (dry run, or a read-only verb). */
  outcome: z.enum(['published', 'validated', 'built', 'ready', 'unchanged', 'blocked', 'failed', 'cancelled', 'timed-out']),
  /** What a script is told of this image alone. */
  exitCode: ExitCodeSchema,
  /** The last stage that was entered. */
  stage: Stage,
  analysis: ReportedAnalysis.optional(),
  match: BaseMatch.optional(),
  plan: ReportedPlan.optional(),
  preflight: Preflight.optional(),
  template: ReportedTemplate.optional(),
  build: BuildResult.optional(),
  validation: ReportedValidation.optional(),
  published: GalleryVersion.optional(),
  /** Milliseconds per stage, for those that ran. */
  timings: z.record(z.string(), z.number()).readonly(),
  issues: list(Issue),
});
export type ImageReport = z.infer<typeof ImageReport>;

/** One run over a fleet. */
export const Report = artifact('Report', {
  runId: z.string(),
  tool: record({ name: z.literal('regild'), version: z.string() }),
  command: z.string(),
  started: z.iso.datetime(),
  finished: z.iso.datetime(),
  /** Names of the clouds spoken to; `simulated` = the sandbox, so no real image exists. */
  clouds: record({ aws: z.string(), azure: z.string(), simulated: z.boolean() }),
  images: list(ImageReport),
  issues: list(Issue),
});
export type Report = z.infer<typeof Report>;

/** A report whose images come one by one, again each time they are asked for: those of a large fleet do not fit in memory together. */
export interface StreamedReport extends Omit<Report, 'images'> {
  readonly images: Iterable<ImageReport>;
}
