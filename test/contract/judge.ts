import { EXCEPTIONS, type Exception } from './exceptions.ts';
import type { ArmExchange } from './exchanges.ts';
import { failed, type Outcome, passed, skipped } from './outcome.ts';
import type { Problem, Validate, Verdict } from './validate.ts';

/** An exchange and what the validator says of it. */
export interface Judged extends ArmExchange {
  readonly verdict: Verdict;
  /** Problems that no exception covers. */
  readonly problems: readonly Problem[];
  readonly exceptions: readonly Exception[];
}

/** Judges one after the other: the validator loads descriptions as it goes. */
export async function judge(exchanges: readonly ArmExchange[], validate: Validate): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const arm of exchanges) {
    const verdict = await validate(arm.exchange);
    const covering = verdict.problems.map((problem) => EXCEPTIONS.find(({ covers }) => covers(problem, arm.exchange)));
    const problems = verdict.problems.filter((_, index) => covering[index] === undefined);
    judged.push({ ...arm, verdict, problems, exceptions: [...new Set(covering)].filter((one) => one !== undefined) });
  }
  return judged;
}

/** One outcome per operation, version and status. Without the complete set, an operation that it lacks is skipped. */
export function outcomesOf(judged: readonly Judged[], complete: boolean): readonly Outcome[] {
  const groups = Map.groupBy(judged, (one) => nameOf(one));
  return [...groups].map(([name, members]) => {
    if (!complete && members.every(isUnknown)) return skipped(name, 'this set of descriptions has no such operation');
    const reasons = new Set(
      members.flatMap(({ problems, exchange }) => problems.map((problem) => words(problem, exchange.liveRequest.url))),
    );
    return reasons.size > 0 ? failed(name, ...reasons) : passed(name);
  });
}

/** For how many exchanges each exception was needed. */
export function exceptionUse(judged: readonly Judged[]): ReadonlyMap<Exception, number> {
  return new Map(EXCEPTIONS.map((exception) => [exception, judged.filter(({ exceptions }) => exceptions.includes(exception)).length]));
}

/** An exception that is never needed hides what it once covered: it has to go. */
export function staleExceptions(judged: readonly Judged[]): readonly Outcome[] {
  return [...exceptionUse(judged)].map(([{ what }, uses]) =>
    uses > 0 ? passed(`exception: ${what}`) : failed(`exception: ${what}`, 'nothing needs it any more'),
  );
}

function nameOf({ verdict, exchange: { liveRequest, liveResponse } }: Judged): string {
  const { pathname, searchParams } = new URL(liveRequest.url);
  const type = pathname.split('/providers/').at(-1)?.split('/').filter(isTypeSegment).join('/');
  const operation = verdict.operation ?? `${liveRequest.method} ${type} ${searchParams.get('api-version')}`;
  return `${operation} ${liveResponse.statusCode}`;
}

/** Of `Microsoft.Compute/galleries/gal/images/web`, all but the names. */
function isTypeSegment(_: string, index: number): boolean {
  return index === 0 || index % 2 === 1;
}

function isUnknown({ verdict }: Judged): boolean {
  return verdict.operation === undefined;
}

function words({ side, code, message, at }: Problem, url: string): string {
  return `${side} ${code} ${message.trim()}${at === '' ? '' : ` at ${at}`} (${new URL(url).pathname})`;
}
