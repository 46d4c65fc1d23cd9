import { memoise } from '../adapters/memoise.ts';
import { type Ami, type ImageSpec, isInAws, nextAncestor } from '../model/index.ts';
import type { Ec2 } from '../ports.ts';

/** What the sources of a fleet lead to. */
export interface Resolved {
  /** By the text of the source (`sourceKey`); a source that leads to nothing is not in it. */
  readonly bySource: ReadonlyMap<string, Ami>;
  /** By id and region (`amiKey`), those that others were made from too; undefined for an id that EC2 did not answer to. */
  readonly byId: ReadonlyMap<string, Ami | undefined>;
}

/** The AMIs of a fleet, asked for when the first image needs one. Never fails: what could not be described is not in it. */
export function resolvingTogether(specs: readonly ImageSpec[], ec2: Pick<Ec2, 'findAmis' | 'describeAmis'>): () => Promise<Resolved> {
  return memoise(() => resolve(specs, ec2));
}

export function sourceKey(source: ImageSpec['source']): string {
  return JSON.stringify(source);
}

export function amiKey({ id, region }: Pick<Ami, 'id' | 'region'>): string {
  return `${region}/${id}`;
}

async function resolve(specs: readonly ImageSpec[], ec2: Pick<Ec2, 'findAmis' | 'describeAmis'>): Promise<Resolved> {
  const sources = new Map(specs.flatMap(({ source }) => (isInAws(source) ? [[sourceKey(source), source] as const] : [])));
  const found = await ec2.findAmis([...sources.values()]).catch((): readonly (Ami | undefined)[] => []);
  const bySource = new Map([...sources.keys()].flatMap((key, index) => pair(key, found[index])));
  return { bySource, byId: await withAncestors([...bySource.values()], ec2) };
}

function pair(key: string, ami: Ami | undefined): readonly (readonly [string, Ami])[] {
  return ami === undefined ? [] : [[key, ami]];
}

/** Generation by generation: what a thousand AMIs were made from is a handful, and asked for in a call or two. */
async function withAncestors(amis: readonly Ami[], ec2: Pick<Ec2, 'describeAmis'>): Promise<Resolved['byId']> {
  const known = new Map<string, Ami | undefined>(amis.map((ami) => [amiKey(ami), ami]));
  for (let wanted = nextOf(amis, known); wanted.length > 0; wanted = nextOf(amis, known)) {
    const told = await Promise.all([...Map.groupBy(wanted, ({ region }) => region)].map((group) => described(group, ec2)));
    for (const [key, ami] of told.flat()) known.set(key, ami);
    // Where a region does not answer, those who come from there ask for themselves.
    if (told.flat().length === 0) break;
  }
  return known;
}

type Ref = Pick<Ami, 'id' | 'region'>;

/** What the chains that are known so far end at, without what was asked for. */
function nextOf(amis: readonly Ami[], known: ReadonlyMap<string, Ami | undefined>): readonly Ref[] {
  const open = amis.flatMap((ami) => openEnd([ami], known) ?? []);
  return [...new Map(open.map((ref) => [amiKey(ref), ref])).values()];
}

function openEnd(chain: readonly Ami[], known: ReadonlyMap<string, Ami | undefined>): Ref | undefined {
  const next = nextAncestor(chain);
  if (next === undefined || !known.has(amiKey(next))) return next;
  const ami = known.get(amiKey(next));
  return ami && openEnd([...chain, ami], known);
}

async function described([region, refs]: readonly [string, readonly Ref[]], ec2: Pick<Ec2, 'describeAmis'>) {
  const ids = refs.map(({ id }) => id);
  const amis = await ec2.describeAmis(ids, region).catch(() => undefined);
  if (amis === undefined) return [];
  const found = new Map(amis.map((ami) => [ami.id, ami]));
  return ids.map((id) => [amiKey({ id, region }), found.get(id)] as const);
}
