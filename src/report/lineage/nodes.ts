import type { LineageVersion } from '../../model/index.ts';
import { grown } from './grown.ts';

/** What of a version the tree shows. */
export type TreeVersion = Pick<
  LineageVersion,
  'image' | 'version' | 'id' | 'state' | 'ami' | 'ancestors' | 'base' | 'copiedFrom' | 'regions' | 'users'
>;

/** A box of the tree, and what was made of it. */
export interface TreeNode {
  readonly kind: 'ami' | 'base' | 'version' | 'region' | 'machine' | 'unknown';
  readonly text: string;
  /** In smaller letters below. */
  readonly more?: string | undefined;
  /** Where `latest` is, and what must not be used any more. */
  readonly tone?: 'good' | 'bad' | undefined;
  readonly below: readonly TreeNode[];
}

/** Machines of a region that are drawn; the rest is counted. */
const MOST_MACHINES = 6;

/** One tree for each oldest AMI: AMI → base → version → copies and regions → who runs it there. */
export function lineageTrees(versions: readonly TreeVersion[]): readonly TreeNode[] {
  const copies = Map.groupBy(versions, ({ copiedFrom }) => copiedFrom?.toLowerCase());
  const origins = versions.filter(({ copiedFrom }) => !versions.some(({ id }) => id.toLowerCase() === copiedFrom?.toLowerCase()));
  return grown(
    origins.map((version) => ({ above: aboveOf(version), node: versionNode(version, copies) })),
    ({ kind, text }) => `${kind} ${text}`,
    (box, below): TreeNode => ({ ...box, below }),
  );
}

/** The boxes of what a version was made from, the oldest first. */
function aboveOf({ ami, ancestors, base, copiedFrom }: TreeVersion): readonly Omit<TreeNode, 'below'>[] {
  if (ami === undefined)
    return [{ kind: 'unknown', text: copiedFrom === undefined ? 'not made by regild' : 'a version of another gallery', more: copiedFrom }];
  const more = [ami.region, ...(ancestors === undefined ? ['EC2 does not tell its source'] : [])].filter((part) => part !== undefined);
  return [
    ...(ancestors ?? []).toReversed().map((id) => ({ kind: 'ami', text: id }) as const),
    { kind: 'ami', text: ami.id, more: more.join(', ') || undefined },
    ...(base === undefined ? [] : [{ kind: 'base', text: base } as const]),
  ];
}

function versionNode(version: TreeVersion, copies: ReadonlyMap<string | undefined, readonly TreeVersion[]>): TreeNode {
  const { image, version: name, state, id } = version;
  const made = copies.get(id.toLowerCase()) ?? [];
  const dead = state === 'revoked' || state === 'rolled-back' || state === 'failed';
  return {
    kind: 'version',
    text: `${image} ${name}`,
    more: state,
    tone: dead ? 'bad' : undefined,
    below: [...made.map((copy) => versionNode(copy, copies)), ...regionNodes(version)],
  };
}

function regionNodes({ regions, users }: TreeVersion): readonly TreeNode[] {
  const elsewhere = (users ?? []).filter(({ location }) => !regions.some(({ name }) => name === location));
  return [
    ...regions.map(
      ({ name, latest }): TreeNode => ({
        kind: 'region',
        text: name,
        more: latest ? 'latest' : undefined,
        tone: latest ? 'good' : undefined,
        below: machineNodes((users ?? []).filter(({ location }) => location === name)),
      }),
    ),
    ...machineNodes(elsewhere),
    ...(users === undefined ? [{ kind: 'unknown', text: 'who runs it is not known', below: [] } as const] : []),
  ];
}

function machineNodes(users: NonNullable<TreeVersion['users']>): readonly TreeNode[] {
  const shown = users.length > MOST_MACHINES ? users.slice(0, MOST_MACHINES - 1) : users;
  const rest = users.length - shown.length;
  return [
    ...shown.map(
      ({ kind, name, location }): TreeNode => ({
        kind: 'machine',
        text: name,
        more: `${kind === 'scale-set' ? 'scale set' : 'VM'} in ${location}`,
        below: [],
      }),
    ),
    ...(rest > 0 ? [{ kind: 'machine', text: `and ${rest} more`, below: [] } as const] : []),
  ];
}
