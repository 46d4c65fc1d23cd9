import type { BuildPlan, Engine as EngineName, Issue, PlanDraft, RenderedTemplate, TriedPlace } from '../model/index.ts';
import type { Assets, Context } from '../ports.ts';

export type RenderedFile = RenderedTemplate['files'][number];

/** What a build hands back: the ARM id of the staged gallery version, and what a person should know about it. */
export interface Built {
  readonly versionId: string;
  readonly issues: readonly Issue[];
  /** Sizes that the build VM was not made of, in order; empty where it was of the planned one. */
  readonly tried: readonly TriedPlace[];
}

/** The ports that builds use; each engine names those of its own. */
export type BuildPort =
  | 'subscription'
  | 'gallery'
  | 'imageBuilder'
  | 'packer'
  | 'leftovers'
  | 'artifacts'
  | 'clock'
  | 'progress'
  | 'operator';

/** A way to turn a plan into a staged gallery version. A new engine is its folder, its template folder and one line in the registry. */
export interface Engine {
  readonly name: EngineName;
  /** Of the program or the service's API that builds; undefined where nothing is run. */
  version(ports: Pick<Context['ports'], 'packer' | 'imageBuilder'>): Promise<string | undefined>;
  /** What this engine cannot express of the plan, and what it expresses in another way than the user may expect. */
  losses(plan: PlanDraft): readonly Issue[];
  /** The engine's own files; the first is the one to read. The same plan gives the same bytes. Throws ARTIFACT_INVALID when a script is not the planned one. */
  render(plan: BuildPlan, assets: Assets): Promise<readonly RenderedFile[]>;
  /** Makes ready what the build needs on this machine, before anything is written to Azure; absent where that is nothing. Throws BUILD_FAILED or PACKER_MISSING. */
  ready?(plan: BuildPlan, template: RenderedTemplate, context: Context<BuildPort>): Promise<void>;
  /**
   * Builds and waits; takes up what an attempt of the same run that was cut short has reached. What it makes on the way it deletes, also after a
   * failure or an abort; after an abort because the time is up it keeps what goes on without it. Throws BUILD_FAILED or CANCELLED.
   */
  build(plan: BuildPlan, template: RenderedTemplate, context: Context<BuildPort>): Promise<Built>;
}
