import { RegildError, toIssue } from '../errors.ts';
import { type DefinitionRef, hasStagingName, type Issue, type Leftover, stagingName } from '../model/index.ts';
import type { Leftovers, Ports, Wait } from '../ports.ts';
import { decideSweep } from './decide.ts';
import type { SweepItem } from './item.ts';

/** Where to look. */
export interface SweepScope {
  /** For resource groups and image templates. */
  readonly subscriptions: readonly string[];
  /** For versions; the staging definition of each is looked at too. */
  readonly definitions: readonly DefinitionRef[];
}

export interface SweepOptions {
  /** Only what was made at least so long ago; undefined = only the deadline counts. */
  readonly olderThanMilliseconds?: number | undefined;
  /** Delete staged versions that were never promoted, too. */
  readonly staged: boolean;
  /** Only what this run left, whatever its deadline; undefined = of every run, after its deadline. */
  readonly run?: string | undefined;
  /** Delete nothing. */
  readonly dryRun: boolean;
}

/** A leftover and what became of it; `due` = it would be deleted by a sweep that is not a dry run. */
export type SweptItem = SweepItem & { readonly outcome: 'deleted' | 'due' | 'kept' | 'failed' };

export interface Sweep {
  readonly items: readonly SweptItem[];
  /** Every list and every deletion that failed. */
  readonly issues: readonly Issue[];
}

type SweepPorts = Pick<Ports, 'leftovers' | 'clock'>;

/** Deletes what runs left behind, once its deadline has passed; a failure stops nothing else. Safe to repeat. An abort throws. */
export async function sweep(scope: SweepScope, options: SweepOptions, ports: SweepPorts, wait: Wait<string>): Promise<Sweep> {
  const staging = scope.definitions.filter(({ definition }) => hasStagingName(definition)).map(toStaging);
  const listed = await listAll({ ...scope, definitions: [...scope.definitions, ...staging] }, ports.leftovers);
  const { staged, olderThanMilliseconds, dryRun, run } = options;
  const stagingDefinitions = staging.map(({ definition }) => definition);
  const rules = { now: ports.clock.now(), olderThanMilliseconds, staged, stagingDefinitions, onlyRun: run };
  const items = decideSweep(listed.found, { ...rules, knowsTemplates: listed.knowsTemplates });
  const swept: { readonly item: SweptItem; readonly issues: readonly Issue[] }[] = [];
  for (const item of items) {
    wait.signal?.throwIfAborted();
    swept.push(await sweepItem(item, dryRun, ports.leftovers, wait));
  }
  return { items: swept.map(({ item }) => item), issues: [...listed.issues, ...swept.flatMap(({ issues }) => issues)] };
}

function toStaging(ref: DefinitionRef): DefinitionRef {
  return { ...ref, definition: stagingName(ref.definition) };
}

/** Everything that can be listed, and why the rest cannot. */
async function listAll({ subscriptions, definitions }: SweepScope, leftovers: Leftovers) {
  const wanted = [...new Set(subscriptions)];
  const lists = [
    ...wanted.map((subscription) => leftovers.groups(subscription)),
    ...distinct(definitions).map((ref) => leftovers.versions(ref)),
  ];
  const [templates, others] = await Promise.all([
    Promise.allSettled(wanted.map((subscription) => leftovers.resources(subscription))),
    Promise.allSettled(lists),
  ]);
  const settled = [...templates, ...others];
  return {
    found: settled.flatMap((one): readonly Leftover[] => (one.status === 'fulfilled' ? one.value : [])),
    knowsTemplates: templates.every(({ status }) => status === 'fulfilled'),
    issues: settled.flatMap((one) => (one.status === 'rejected' ? [issueOf(one.reason)] : [])),
  };
}

function distinct(definitions: readonly DefinitionRef[]): readonly DefinitionRef[] {
  const key = ({ subscription, resourceGroup, gallery, definition }: DefinitionRef) =>
    [subscription, resourceGroup, gallery, definition].join('/').toLowerCase();
  return [...new Map(definitions.map((ref) => [key(ref), ref])).values()];
}

async function sweepItem(item: SweepItem, dryRun: boolean, leftovers: Leftovers, { signal, onUpdate }: Wait<string>) {
  if (item.action === 'keep') return { item: { ...item, outcome: 'kept' as const }, issues: [] };
  if (dryRun) return { item: { ...item, outcome: 'due' as const }, issues: [] };
  const { name } = item.leftover;
  try {
    onUpdate?.(`deleting ${name}`);
    await leftovers.remove(item.leftover, signal);
    return { item: { ...item, outcome: 'deleted' as const }, issues: [] };
  } catch (error) {
    signal?.throwIfAborted();
    const issue = issueOf(error);
    onUpdate?.(`${name} is still there: ${issue.message}`);
    return { item: { ...item, outcome: 'failed' as const }, issues: [issue] };
  }
}

function issueOf(error: unknown): Issue {
  if (error instanceof RegildError) return toIssue(error);
  return { severity: 'error', code: 'INTERNAL', message: `unexpected failure: ${error instanceof Error ? error.message : String(error)}` };
}
