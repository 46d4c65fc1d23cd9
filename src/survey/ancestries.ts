import { type Ami, type AncestorRef, MAX_ANCESTORS, nextAncestor } from '../model/index.ts';

/** AMIs by id; ids are unique across regions. */
export type KnownAmis = ReadonlyMap<string, Ami>;

/** Reads AMIs of a region by their ids; those that the account may not see are left out. */
export type ReadAmis = (ids: readonly string[], region: string) => Promise<readonly Ami[]>;

export function byId(amis: readonly Ami[]): KnownAmis {
  return new Map(amis.filter(({ id }) => id !== '').map((ami) => [ami.id, ami]));
}

/** The AMIs that an AMI was made from, nearest first, as far as they are known. */
export function ancestryOf(ami: Ami, known: KnownAmis): readonly Ami[] {
  const chain = [ami];
  for (let next = nextAncestor(chain); next !== undefined; next = nextAncestor(chain)) {
    const ancestor = known.get(next.id);
    if (ancestor === undefined) break;
    chain.push(ancestor);
  }
  return chain.slice(1);
}

/** The AMIs with all those they were made from, read generation by generation: the ancestors of a thousand AMIs cost as many calls as the chain is long. */
export async function withAncestors(amis: readonly Ami[], read: ReadAmis): Promise<KnownAmis> {
  let known = byId(amis);
  let asked: ReadonlySet<string> = new Set(known.keys());
  let youngest = amis;
  for (let depth = 0; depth < MAX_ANCESTORS && youngest.length > 0; depth += 1) {
    const wanted = parentsOf(youngest).filter(({ id }) => !asked.has(id));
    const regions = [...Map.groupBy(wanted, ({ region }) => region)];
    const found = await Promise.all(regions.map(([region, refs]) => read([...new Set(refs.map(({ id }) => id))], region)));
    youngest = found.flat();
    known = new Map([...known, ...byId(youngest)]);
    asked = new Set([...asked, ...wanted.map(({ id }) => id)]);
  }
  return known;
}

function parentsOf(amis: readonly Ami[]): readonly AncestorRef[] {
  return amis.flatMap((ami) => nextAncestor([ami]) ?? []);
}
