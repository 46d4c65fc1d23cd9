import { type ScenarioRun, scenarioSpec, walk } from '../../scenarios/walk.ts';

/** Walks a scenario's image. Throws unless it ends as wanted and, where words are given, with an error that says them. */
export async function expectOutcome(run: ScenarioRun, folder: string, wanted: string, words?: RegExp): Promise<void> {
  const { outcome, issues } = await walk(scenarioSpec(folder), run);
  const errors = issues.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  if (outcome !== wanted) throw new Error(`the image was ${outcome}, not ${wanted}: ${errors.join('; ')}`);
  if (words && !errors.some((message) => words.test(message))) throw new Error(`the errors do not say ${words}: ${errors.join('; ')}`);
}

/** Throws unless an attempt is refused. */
export async function expectRefusal(attempt: Promise<unknown>): Promise<void> {
  const answer = await attempt.then(
    () => 'done',
    () => 'refused',
  );
  expectSame('what was to be refused', answer, 'refused');
}

/** Throws unless the two are equal. */
export function expectSame(what: string, found: unknown, wanted: unknown): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`${what}: ${left} instead of ${right}`);
}
