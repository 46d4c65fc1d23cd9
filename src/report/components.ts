import type { ComponentDecision, ComponentOutcome, ImageReport, ReportedValidation } from '../model/index.ts';

/** A decision of the plan with what became of it. */
export interface ComponentFate extends ComponentDecision {
  /** Undefined where the image was not asked, or its answer was cut before this component. */
  readonly outcome: ComponentOutcome['outcome'] | 'not found' | undefined;
}

/** True for a component that was in the guest. */
export function isFound({ outcome }: ComponentFate): boolean {
  return outcome !== undefined && outcome !== 'not found';
}

/** What takes the place of a removed component. */
export interface Replacement {
  readonly id: string;
  readonly title: string;
  /** The service or agent, its details after a semicolon. */
  readonly azure: string;
  /** Why it is told: it was in the guest, it is on the AMI's disk, or AMIs of this family are known to carry it. */
  readonly seen: 'found' | 'on-disk' | 'expected';
}

/** Every component that the plan decides on, with what the record in the image says of it. */
export function fatesOf({ plan, validation }: Pick<ImageReport, 'plan' | 'validation'>): readonly ComponentFate[] {
  const told = new Map(validation?.components.map(({ id, outcome }) => [id, outcome]));
  const rest = isWhole(validation) ? 'not found' : undefined;
  return (plan?.components ?? []).map((decision) => ({ ...decision, outcome: told.get(decision.id) ?? rest }));
}

function isWhole(validation: ReportedValidation | undefined): boolean {
  return validation !== undefined && validation.recorded === validation.components.length;
}

/** What replaces each component that the plan removes: those that were found in the guest or on the AMI's disk, and as long as no image was asked, those that are expected. */
export function replacementsOf(fates: readonly ComponentFate[]): readonly Replacement[] {
  const asked = fates.some(({ outcome }) => outcome !== undefined);
  return fates.flatMap((fate) => {
    const seen = seenWhere(fate, asked);
    const { id, title, action, azureEquivalent } = fate;
    if (action !== 'remove' || seen === undefined || azureEquivalent === undefined || /^none\b/.test(azureEquivalent)) return [];
    return [{ id, title, azure: azureEquivalent, seen }];
  });
}

function seenWhere({ outcome, found, expected }: ComponentFate, asked: boolean): Replacement['seen'] | undefined {
  if (outcome === 'removed' || outcome === 'left') return 'found';
  if (found !== undefined) return 'on-disk';
  return expected && !asked ? 'expected' : undefined;
}

/** `1 removed, 1 kept, 62 not found`; before an image was asked what would happen: `47 removed where found, 3 kept, 12 only reported`. */
export function countFates(fates: readonly ComponentFate[]): string {
  const planned: Readonly<Record<ComponentDecision['action'], string>> = {
    remove: 'removed where found',
    keep: 'kept',
    report: 'only reported',
  };
  const asked = fates.some(({ outcome }) => outcome !== undefined);
  const groups = Map.groupBy(fates, ({ action, outcome }): string => (asked ? (outcome ?? 'not told') : planned[action]));
  const order = ['removed', 'removed where found', 'kept', 'reported', 'only reported', 'left', 'not told', 'not found'];
  return order.flatMap((word) => (groups.has(word) ? [`${groups.get(word)?.length} ${word}`] : [])).join(', ');
}

/** By name what was found: `removed a, b; kept c (reason); not found: 60`. The same as the counts before an image was asked. */
export function nameFates(fates: readonly ComponentFate[]): string {
  const of = (outcome: ComponentFate['outcome']) => fates.filter((fate) => fate.outcome === outcome);
  const ids = (some: readonly ComponentFate[]) => some.map(({ id }) => id).join(', ');
  const [removed, kept, reported, left, missing, untold] = [
    of('removed'),
    of('kept'),
    of('reported'),
    of('left'),
    of('not found'),
    of(undefined),
  ];
  if (untold.length === fates.length) return countFates(fates);
  return [
    ...(removed.length > 0 ? [`removed ${ids(removed)}`] : []),
    ...(kept.length > 0 ? [`kept ${kept.map(({ id, reason }) => `${id} (${reason})`).join(', ')}`] : []),
    ...(reported.length > 0 ? [`only reported ${ids(reported)}`] : []),
    ...(left.length > 0 ? [`still there: ${ids(left)}`] : []),
    untold.length > 0 ? `of ${untold.length} nothing was told` : `not found: ${missing.length}`,
  ].join('; ');
}
