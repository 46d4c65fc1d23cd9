import { RegildError, toIssue } from './errors.ts';
import type { ImageReport, ImageSpec, Issue } from './model/index.ts';
import { blocks, ExitCode, SCHEMA_VERSION, stageOfArtifact } from './model/index.ts';
import type { AnyArtifact, Walked } from './stage.ts';
import { fromSystem } from './system-error.ts';

export interface ReportOptions {
  /** Build although a version with the same digest exists. */
  readonly force: boolean;
  /** Issues of the image that no stage found. */
  readonly found?: readonly Issue[];
  /** In which words an issue is told; absent = in its own. */
  readonly tell?: (issue: Issue) => Issue;
}

/** How an image fared: what was reached, every issue on the way, and the failure that ended it, if one did. */
export function imageReport(spec: ImageSpec, walked: Walked, failure: unknown, options: ReportOptions): ImageReport {
  const fields = Object.fromEntries(walked.artifacts.map((artifact) => [stageOfArtifact(artifact.kind)?.field ?? artifact.kind, artifact]));
  const said = [...walked.artifacts.flatMap(({ issues }) => issues), ...(options.found ?? [])];
  const found = said
    .filter((issue) => !isEcho(issue, said))
    .map((issue) => ({
      ...issue,
      image: spec.name,
      place: issue.place ?? spec.place,
    }));
  const { tell = (issue) => issue } = options;
  const issues = (failure === undefined ? found : [...found, ...failureIssues(spec, failure)]).map(tell);
  return {
    kind: 'ImageReport',
    schemaVersion: SCHEMA_VERSION,
    image: spec.name,
    ...endOf(walked.artifacts, failure, issues, options),
    stage: walked.stage,
    ...fields,
    timings: walked.timings,
    issues,
  };
}

/** What preflight says again after an earlier stage: its code -> codes that say the same, with the same cure. */
const ECHOES: Readonly<Record<string, readonly string[]>> = {
  PREFLIGHT_TERMS: ['TERMS_NOT_ACCEPTED', 'TERMS_UNKNOWN'],
  PREFLIGHT_SIZE: ['SIZE_ARCHITECTURE'],
};

function isEcho({ code }: Issue, said: readonly Issue[]): boolean {
  return said.some((other) => ECHOES[code]?.includes(other.code));
}

function failureIssues(spec: ImageSpec, failure: unknown): readonly Issue[] {
  const error = asRegildError(failure);
  return [...error.issues, { ...toIssue(error, spec.name), place: spec.place }];
}

/** A refusal of this machine is told as one; anything else that is not ours is a bug of ours: said as such, with the original as cause. */
export function asRegildError(failure: unknown): RegildError {
  if (failure instanceof RegildError) return failure;
  if (failure instanceof Error && failure.name === 'AbortError')
    return new RegildError('CANCELLED', 'the run was cancelled', { cause: failure });
  const refused = fromSystem(failure);
  if (refused !== undefined) return refused;
  const message = failure instanceof Error ? failure.message : String(failure);
  return new RegildError('INTERNAL', `unexpected failure: ${message}`, {
    hint: 'this is a bug of regild; run again with -v and report it',
    cause: failure,
  });
}

type End = Pick<ImageReport, 'outcome' | 'exitCode'>;

function endOf(artifacts: readonly AnyArtifact[], failure: unknown, issues: readonly Issue[], { force, found = [] }: ReportOptions): End {
  const held = found.some(blocks);
  if (failure !== undefined) return failedEnd(asRegildError(failure), held);
  const reached = new Set(artifacts.map(({ kind }) => kind));
  if (held || issues.some(blocks) || artifacts.some(isMatchWithoutBase)) {
    const stopped = artifacts.find((artifact) => artifact.issues.some(blocks));
    const exitCode = held ? ExitCode.usage : (stageOfArtifact(stopped?.kind ?? '')?.exit ?? ExitCode.usage);
    return { outcome: reached.has('BuildResult') ? 'failed' : 'blocked', exitCode };
  }
  return { outcome: reachedOutcome(reached, !force && issues.some(({ code }) => code === 'UNCHANGED')), exitCode: ExitCode.ok };
}

/** What does not fit the lock file is wrong use, whatever became of it afterwards. */
function failedEnd({ code, exitCode }: RegildError, held: boolean): End {
  const outcome = code === 'TIMED_OUT' ? 'timed-out' : code === 'CANCELLED' ? 'cancelled' : 'failed';
  return { outcome, exitCode: held ? ExitCode.usage : exitCode };
}

function isMatchWithoutBase(artifact: AnyArtifact): boolean {
  return artifact.kind === 'BaseMatch' && !('chosen' in artifact && artifact.chosen);
}

function reachedOutcome(reached: ReadonlySet<string>, unchanged: boolean): ImageReport['outcome'] {
  if (reached.has('GalleryVersion')) return 'published';
  if (reached.has('ValidationReport')) return 'validated';
  if (reached.has('BuildResult')) return 'built';
  return unchanged ? 'unchanged' : 'ready';
}
