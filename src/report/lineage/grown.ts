/** A node of a tree that belongs below others, the outermost first. */
export interface Placed<Above, Node> {
  readonly above: readonly Above[];
  readonly node: Node;
}

/** One node for each key, in the order in which they are met, around what belongs below it; nodes stand where nothing is left above them. */
export function grown<Above, Node>(
  placed: readonly Placed<Above, Node>[],
  keyOf: (above: Above) => string,
  around: (above: Above, below: readonly Node[]) => Node,
): readonly Node[] {
  const groups = Map.groupBy(placed, ({ above: [first] }) => (first === undefined ? undefined : keyOf(first)));
  return [...groups.values()].flatMap((members): readonly Node[] => {
    const [first] = members[0]?.above ?? [];
    if (first === undefined) return members.map(({ node }) => node);
    const inside = members.map(({ above, node }) => ({ above: above.slice(1), node }));
    return [around(first, grown(inside, keyOf, around))];
  });
}
