import { isNoRoom } from '../room.ts';

/**
 * Does a piece of work for each item, the items of a round at the same time, and gives the results in the order of the items. When one fails, the
 * others of its round are told to stop, and are waited for, so that they clear up; then that failure is thrown. What found no room beside others
 * is done again by itself: somebody else may have taken what was free. Work is told whether it is alone.
 */
export async function inRounds<Item, Result>(
  rounds: readonly (readonly Item[])[],
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal, alone: boolean) => Promise<Result>,
): Promise<readonly Result[]> {
  const [round, ...later] = rounds;
  if (round === undefined) return [];
  const stop = new AbortController();
  const alone = round.length === 1;
  const tries = await Promise.all(
    round.map((item) => attempt(item, alone, stop, () => work(item, AbortSignal.any([signal, stop.signal]), alone))),
  );
  if (stop.signal.aborted) throw stop.signal.reason;
  const results: Result[] = [];
  for (const done of tries) results.push('result' in done ? done.result : await work(done.item, signal, true));
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
    if (alone || !isNoRoom(error)) stop.abort(error);
    return { item };
  }
}
