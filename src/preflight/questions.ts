import type { BuildPlan, ExistingDefinition, Quota, VmSize } from '../model/index.ts';

/** What was read from Azure for one plan; undefined or empty where it could not be read. */
export interface AzureState {
  readonly locations: readonly string[] | undefined;
  readonly resourceGroup: { readonly location: string } | undefined;
  readonly providers: Readonly<Record<string, string>>;
  readonly sizes: readonly VmSize[];
  readonly quotas: readonly Quota[];
  readonly definition: ExistingDefinition | undefined;
  readonly versionExists: boolean;
  /** The same about the staging definition; undefined for a plan that needs none. */
  readonly staging: Pick<AzureState, 'definition' | 'versionExists'> | undefined;
  readonly termsAccepted: boolean | undefined;
  readonly permissions: readonly { readonly actions: readonly string[]; readonly notActions: readonly string[] }[] | undefined;
}

/** One question of preflight with its answer. */
export interface Answer {
  readonly id: string;
  readonly title: string;
  readonly status: 'pass' | 'warn' | 'fail' | 'unknown';
  readonly detail: string;
  /** Needed for anything but a pass. */
  readonly hint?: string;
}

/** A question that decides purely from the plan and what was read. */
export type PreflightQuestion = (plan: BuildPlan, state: AzureState) => readonly Answer[];
