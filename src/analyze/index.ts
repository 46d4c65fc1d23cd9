import { RegildError } from '../errors.ts';
import { madeFrom } from '../inspect/propose/evidence.ts';
import {
  type Ami,
  type Analysis,
  type AncestorRef,
  type ImageSpec,
  type Inventory,
  type Issue,
  isInAws,
  MAX_ANCESTORS,
  nextAncestor,
  SCHEMA_VERSION,
} from '../model/index.ts';
import type { Context, Ec2, Ports } from '../ports.ts';
import { contentOfAmi, contentOfFile } from './content.ts';
import { type Judgement, judgeAmi } from './judge-ami.ts';
import { missingAmi } from './missing-ami.ts';
import { ancestorContent, NOTHING_WEAKER, weakerContent } from './weaker-content.ts';

/**
 * Finds the AMI that the image names, reads its disk where that is allowed, and says what it is. Throws AMI_NOT_FOUND, and what `Contents` throws where
 * the source is a file; reads only.
 */
export async function analyze(spec: ImageSpec, { ports, catalog }: Context<'ec2' | 'contents' | 'clock'>): Promise<Analysis> {
  const { judgement, issues: met } = await gather(spec, ports, (ami, ancestry, inventory, weaker) =>
    judgeAmi(ami, ancestry, catalog, ports.clock.now(), inventory, weaker),
  );
  const issues = [...judgement.issues, ...met].map((issue) => ({ ...issue, image: spec.name }));
  return { kind: 'Analysis', schemaVersion: SCHEMA_VERSION, image: spec.name, ...judgement, issues };
}

type Judge = (ami: Ami, ancestry: readonly Ami[], inventory?: Inventory, weaker?: Inventory) => Judgement;

interface Gathered {
  readonly judgement: Judgement;
  readonly issues: readonly Issue[];
}

/** The record is judged first, since it tells whether there is a disk to look at; what is on it changes the judgement. */
async function gather(spec: ImageSpec, { ec2, contents }: Pick<Ports, 'ec2' | 'contents'>, judge: Judge): Promise<Gathered> {
  const { source } = spec;
  if (!isInAws(source)) {
    const { ami, inventory } = await contentOfFile(source, contents);
    return { judgement: judge(ami, [], inventory), issues: [] };
  }
  const ami = await ec2.findAmi(source);
  if (ami === undefined) throw missingAmi(spec, source);
  const ancestry = await ancestryOf(ami, ec2);
  const seen = judge(ami, ancestry);
  if (spec.inspect === 'auto' && isPublishers(seen)) return { judgement: seen, issues: [] };
  const { inventory, issues } = await contentOfAmi(spec, ami, contents);
  if (inventory !== undefined)
    return { judgement: judge(ami, ancestry, madeFrom(inventory, await ancestorContent(ancestry, contents))), issues };
  const { weaker, issues: told } = spec.inspect === 'auto' ? await weakerContent(ami, ancestry, contents) : NOTHING_WEAKER;
  return { judgement: weaker === undefined ? seen : judge(ami, ancestry, undefined, weaker), issues: [...issues, ...told] };
}

/** Into a publisher's own AMI nobody needs to look, and nobody can: the snapshots of public AMIs are their publisher's. */
function isPublishers({ stock }: Judgement): boolean {
  return stock.value === true;
}

type Reads = Pick<Ec2, 'describeAmis' | 'lineage'>;

/** The AMIs that an AMI was made from, nearest first, as far as the account may read them. One that it may not is passed over where EC2 tells the rest of the line. */
export async function ancestryOf(ami: Ami, ec2: Reads): Promise<readonly Ami[]> {
  const chain = [ami];
  for (let next = nextAncestor(chain); next !== undefined; next = nextAncestor(chain)) {
    const ancestor = await readAncestor(next.id, next.region, ec2);
    if (ancestor === undefined) return [...chain.slice(1), ...(await beyond(next, ami, chain.length, ec2))];
    chain.push(ancestor);
  }
  return chain.slice(1);
}

/** The readable AMIs behind one that cannot be read, by GetImageAncestry. */
async function beyond(unread: AncestorRef, ami: Ami, known: number, ec2: Reads): Promise<readonly Ami[]> {
  const line = (await ec2.lineage(ami.id, ami.region)) ?? [];
  const rest = line.slice(line.findIndex(({ id }) => id === unread.id) + 1).slice(0, MAX_ANCESTORS - known);
  const found = await Promise.all(rest.map(({ id, region }) => readAncestor(id, region, ec2)));
  return found.filter((ancestor) => ancestor !== undefined);
}

/** A source AMI may lie in a region that the account has not enabled or may not read: the analysis goes on without it. */
async function readAncestor(id: string, region: string, ec2: Reads): Promise<Ami | undefined> {
  try {
    return (await ec2.describeAmis([id], region)).find((found) => found.id === id);
  } catch (error) {
    if (error instanceof RegildError && (error.code === 'CLOUD_DENIED' || error.code === 'REGION_UNKNOWN')) return undefined;
    throw error;
  }
}
