/** Joins groups that share a member: each list in the answer is in ascending order, and so are their first members. */
export function connected(groups: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const parents = new Map(groups.flat().map((member) => [member, member]));
  const rootOf = (member: number): number => {
    let root = member;
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root)) root = parent;
    parents.set(member, root);
    return root;
  };
  for (const group of groups) {
    for (const member of group) {
      const [one, other] = [rootOf(group[0] ?? member), rootOf(member)];
      parents.set(Math.max(one, other), Math.min(one, other));
    }
  }
  const members = [...parents.keys()].sort((a, b) => a - b);
  return [...Map.groupBy(members, rootOf).values()];
}
