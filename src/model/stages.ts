import * as z from 'zod';
import { ExitCode } from './exit-code.ts';

/** The stages in the order in which an image walks through them. */
export const Stage = z.enum(['analyze', 'match', 'plan', 'preflight', 'render', 'build', 'validate', 'publish']);
export type Stage = z.infer<typeof Stage>;

/** What a stage leaves behind. */
interface StageFacts {
  /** The kind of its artifact. */
  readonly artifact: string;
  /** Where that lies in the image's run folder; a listing reads like the walk. */
  readonly file: string;
  /** The field of the image's report that holds it. */
  readonly field: string;
  /** What a script is told when an issue of it keeps the image from going on. */
  readonly exit: ExitCode;
}

/** Stage, artifact, file, field and exit code: the one table that joins them. */
export const STAGES = {
  analyze: { artifact: 'Analysis', file: '01-analysis.json', field: 'analysis', exit: ExitCode.usage },
  match: { artifact: 'BaseMatch', file: '02-match.json', field: 'match', exit: ExitCode.usage },
  plan: { artifact: 'BuildPlan', file: '03-plan.json', field: 'plan', exit: ExitCode.usage },
  preflight: { artifact: 'Preflight', file: '04-preflight.json', field: 'preflight', exit: ExitCode.preflight },
  render: { artifact: 'RenderedTemplate', file: '05-template.json', field: 'template', exit: ExitCode.usage },
  build: { artifact: 'BuildResult', file: '06-build.json', field: 'build', exit: ExitCode.build },
  validate: { artifact: 'ValidationReport', file: '07-validation.json', field: 'validation', exit: ExitCode.validation },
  publish: { artifact: 'GalleryVersion', file: '08-version.json', field: 'published', exit: ExitCode.publish },
} as const satisfies Record<Stage, StageFacts>;

/** The facts of the stage that leaves a kind of artifact; undefined for one that none leaves. */
export function stageOfArtifact(kind: string): StageFacts | undefined {
  return Object.values(STAGES).find(({ artifact }) => artifact === kind);
}
