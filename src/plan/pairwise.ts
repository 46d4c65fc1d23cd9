/** One way to choose a value of every parameter, in the order of the parameters. */
export type Choice = readonly string[];

/**
 * As few of these choices as a greedy search finds that hold every pair of values of two parameters which any of them holds: each time the choice
 * that brings most pairs not seen yet, the first of equals. Which choices are possible at all is the caller's to say, by leaving the others out.
 * The same choices always give the same answer.
 */
export function pairwise<Possible extends Choice>(choices: readonly Possible[]): readonly Possible[] {
  return next([], choices, new Set(choices.flatMap(pairsOf)));
}

function next<Possible extends Choice>(
  chosen: readonly Possible[],
  choices: readonly Possible[],
  open: ReadonlySet<string>,
): readonly Possible[] {
  const gain = (choice: Possible) => pairsOf(choice).filter((pair) => open.has(pair)).length;
  const [best] = choices.toSorted((a, b) => gain(b) - gain(a));
  if (open.size === 0 || best === undefined) return chosen;
  return next([...chosen, best], choices, withoutAll(open, pairsOf(best)));
}

function withoutAll(set: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> {
  return new Set([...set].filter((item) => !gone.includes(item)));
}

/** Each pair of values with its parameters; a choice of one parameter is its own only pair. */
function pairsOf(choice: Choice): readonly string[] {
  const values = choice.map((value, index) => `${index}=${value}`);
  if (values.length === 1) return values;
  return values.flatMap((value, index) => values.slice(index + 1).map((other) => `${value} ${other}`));
}
