/** How one thing that the suite looks at turned out. */
export interface Outcome {
  readonly name: string;
  readonly kind: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped, a line each. */
  readonly why: readonly string[];
}

export function passed(name: string): Outcome {
  return { name, kind: 'passed', why: [] };
}

export function failed(name: string, ...why: readonly string[]): Outcome {
  return { name, kind: 'failed', why };
}

export function skipped(name: string, ...why: readonly string[]): Outcome {
  return { name, kind: 'skipped', why };
}

/** `3 passed, 0 failed, 1 skipped` */
export function tally(outcomes: readonly Outcome[]): string {
  const count = (kind: Outcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

/** A section of the report: its title with the tally, every failure with at most five reasons, and how many were skipped for which reason. */
export function section(title: string, outcomes: readonly Outcome[]): string {
  const failures = outcomes.filter(({ kind }) => kind === 'failed');
  const gaps = Map.groupBy(
    outcomes.filter(({ kind }) => kind === 'skipped'),
    ({ why }) => why.join('; '),
  );
  return [
    `${title}: ${tally(outcomes)}`,
    ...failures.flatMap(({ name, why }) => [`  failed   ${name}`, ...why.slice(0, 5).map((reason) => `           ${reason}`)]),
    ...[...gaps].map(([reason, { length }]) => `  skipped  ${length}: ${reason}`),
    '',
  ].join('\n');
}
