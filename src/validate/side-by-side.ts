import { RegildError } from '../errors.ts';

/** What ARM says where there is no room for one more VM at the moment (common-deployment-errors). */
const NO_ROOM =
  /^(?:QuotaExceeded|OperationNotAllowed|SkuNotAvailable|AllocationFailed|ZonalAllocationFailed|OverconstrainedAllocationRequest)$/;

/**
 * Does a piece of work for each item, the items of a round at the same time, and gives the results in the order of the items. When one fails, the
 * others of its round are told to stop, and are waited for, so that they clear up; then that failure is thrown. What found no room beside others
 * is done again by itself: somebody else may have taken what was free.
 */
export async function inRounds<Item, Result>(
  rounds: readonly (readonly Item[])[],
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<readonly Result[]> {
  const [round, ...later] = rounds;
  if (round === undefined) return [];
  const stop = new AbortController();
  const alone = round.length === 1;
  const tries = await Promise.all(
    round.map((item) => attempt(item, alone, stop, () => work(item, AbortSignal.any([signal, stop.signal])))),
  );
  if (stop.signal.aborted) throw stop.signal.reason;
  const results: Result[] = [];
  for (const done of tries) results.push('result' in done ? done.result : await work(done.item, signal));
  return [...results, ...(await inRounds(later, signal, work))];
}

type Attempt<Item, Result> = { readonly result: Result } | { readonly item: Item };

async function attempt<Item, Result>(
  item: Item,
  alone: boolean,
  stop: AbortController,
  work: () => Promise<Result>,
): Promise<Attempt<Item, Result>> {
  try {
    return { result: await work() };
  } catch (error) {
    if (alone || !foundNoRoom(error)) stop.abort(error);
    return { item };
  }
}

function foundNoRoom(error: unknown): boolean {
  return error instanceof RegildError && NO_ROOM.test(String(error.details.armCode));
}
