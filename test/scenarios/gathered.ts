import type { BuildPlan, ComponentDecision } from '../../src/model/index.ts';

/** What the plans of all scenarios say alike, shown once: a changed component or a further check is a line of one golden. */
export interface Gathered {
  readonly scenario: string;
  readonly plan: BuildPlan;
}

/** Each check with its severity and stages, its title where the plan has it, and the scenarios that plan it. */
export function checksOf(all: readonly Gathered[]): string {
  const lines = all.flatMap(({ scenario, plan }) =>
    checkRows(plan).map((row) => ({
      scenario,
      line: [...row, plan.checks.find(({ id }) => id === row[0])?.title ?? ''].join('\t').trimEnd(),
    })),
  );
  return withScenarios(lines, all);
}

/** Each component with its title and Azure equivalent; below it what happens to it and why, and the scenarios that decide so. */
export function componentsOf(all: readonly Gathered[]): string {
  const decided = all.flatMap(({ scenario, plan }) => plan.components.map((component) => ({ scenario, component })));
  const byTitle = Map.groupBy(decided, ({ component: { id, title, azureEquivalent = '' } }) =>
    [id, title, azureEquivalent].join('\t').trimEnd(),
  );
  return [...byTitle]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, own]) => {
      const lines = own.map(({ scenario, component }) => ({ scenario, line: `  ${decision(component)}` }));
      return `${title}\n${withScenarios(
        lines,
        all.filter(({ plan }) => plan.components.some(({ id }) => id === own[0]?.component.id)),
      )}`;
    })
    .join('');
}

/** Rows of the table that the guest is given: id, severity, stages, and `own` where it is the user's. */
export function checkRows({ guestFiles }: BuildPlan): readonly (readonly string[])[] {
  const text = guestFiles.find(({ path }) => path === 'checks.tsv')?.content ?? '';
  return rowsOf(text);
}

/** The rows of a table with tabs, each as its columns. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}

function decision({ action, reason, expected }: ComponentDecision): string {
  return `${action}: ${reason}${expected ? ' (expected)' : ''}`;
}

function withScenarios(lines: readonly { readonly scenario: string; readonly line: string }[], all: readonly Gathered[]): string {
  const byLine = [...Map.groupBy(lines, ({ line }) => line)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return byLine
    .map(
      ([line, own]) =>
        `${line}\t${named(
          own.map(({ scenario }) => scenario),
          all,
        )}\n`,
    )
    .join('');
}

/** `every linux` where all scenarios of a system are meant, so that a further scenario changes few lines. */
function named(scenarios: readonly string[], all: readonly Gathered[]): string {
  const families = Map.groupBy(all, ({ plan }) => plan.os.family);
  const whole = [...families].filter(([, own]) => own.every(({ scenario }) => scenarios.includes(scenario)));
  const covered = whole.flatMap(([, own]) => own.map(({ scenario }) => scenario));
  return [...whole.map(([family]) => `every ${family}`), ...scenarios.filter((one) => !covered.includes(one))].join(', ');
}
