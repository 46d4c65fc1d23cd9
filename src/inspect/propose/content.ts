import { shellWord } from '../../guest/quote.ts';
import type { ContentItem, Inventory, Proposal, ProposedStep } from '../../model/index.ts';
import { treatments } from '../collect/content.ts';
import { foundComponents, placesOf } from '../component-paths.ts';
import { ownOfTheCloud } from '../of-the-move.ts';
import { ownerNames } from '../owner-names.ts';
import { travellingAccounts } from './accounts.ts';
import type { Part, ProposalContext } from './part.ts';
import { operand } from './plain-name.ts';
import { safePaths } from './safe-path.ts';

/** Larger files (bytes) do not belong into a manifest's folder: they come from a package, a share or a repository. */
const LARGEST = 256 * 1024;
/** Where package managers look for repositories and their keys: these must be there before packages are installed. */
const SOURCES = /^\/etc\/(?:apt\/|yum\.repos\.d\/|zypp\/|pki\/rpm-gpg\/|dnf\/)/;

/** What becomes of the files of an image. */
export interface ProposedContent {
  /** Repositories and their keys, which must be there before packages are installed. */
  readonly sources: Part;
  readonly files: Part;
  /** The items that both parts carry. */
  readonly carried: readonly ContentItem[];
}

/** The files that people made or changed, as `file` steps, with modes, owners and links set behind them; repositories come as a part of their own. */
export function proposeContent(inventory: Inventory, context: ProposalContext): ProposedContent {
  const carrying = {
    judge: refusals(inventory, context),
    accounts: travellingAccounts(inventory, context.catalog),
    folder: context.folder,
  };
  const own = inventory.content.filter(({ origin }) => origin !== 'generated');
  const sources = own.filter(({ path }) => SOURCES.test(path));
  const rest = own.filter((item) => !SOURCES.test(item.path));
  return {
    sources: toPart('repository file', sources, carrying),
    files: toPart('file', rest, carrying),
    carried: own.filter((item) => carrying.judge(item) === undefined),
  };
}

type Refusal = { readonly replaced: true } | { readonly reason: string } | undefined;

/** Why an item is not carried; undefined where it is. */
function refusals(inventory: Inventory, { catalog, target }: ProposalContext): (item: ContentItem) => Refusal {
  const isOfAws = placesOf(foundComponents(catalog.components, inventory));
  const isOfTheCloud = ownOfTheCloud('content', catalog.parityRules);
  const texts = new Set(
    inventory.components.flatMap(({ found: places }) => places.flatMap((place) => /^text in (.*)$/.exec(place)?.[1] ?? [])),
  );
  const leaks = new Map(inventory.leaks.map(({ path, kind, rule }) => [path, `${kind} (${rule})`]));
  const treated = treatments(catalog.contentRules);
  const other = inventory.system.id !== target.id;
  return ({ path, kind, bytes, files, sha256, target: leadsTo = '' }) => {
    if (isOfAws(path) || isOfTheCloud(path)) return { replaced: true };
    const leak = leaks.get(path);
    if (leak !== undefined) return { reason: `it must not travel: ${leak}` };
    if (treated(path) === 'identity') return { reason: 'it belongs to one machine or person' };
    if (treated(path) === 'written') return { reason: 'programs of the system write it' };
    if (other && SOURCES.test(path)) return { reason: `it is for another system than ${target.id}` };
    if (kind === 'tree') return { reason: `${files} files, ${bytes} bytes: put them into a package or an archive that a step unpacks` };
    if (kind === 'file' && (bytes > LARGEST || sha256 === undefined))
      return { reason: `${bytes} bytes: put it into a package, or fetch it in a step` };
    if (leadsTo.includes('\0')) return { reason: 'where it leads is no path' };
    if (texts.has(path)) return { reason: 'its text names something of AWS: carry it by hand when that is changed' };
    return undefined;
  };
}

interface Carrying {
  readonly judge: (item: ContentItem) => Refusal;
  readonly accounts: Inventory['accounts'];
  readonly folder: string;
}

function toPart(kind: string, items: readonly ContentItem[], { judge, accounts, folder }: Carrying): Part {
  const judged = items.map((item) => ({ item, refusal: judge(item) }));
  const carried = judged.filter(({ refusal }) => refusal === undefined).map(({ item }) => item);
  const files = carried.filter((item) => item.kind === 'file');
  const names = safePaths(files.map(({ path }) => path));
  const steps = files.map((item): ProposedStep => {
    const evidence = [
      item.origin === 'changed'
        ? `it was changed since the package ${item.package ?? ''} brought it`.replace('  ', ' ')
        : 'no package brought it',
    ];
    return {
      kind: 'file',
      from: `${folder}/${names.get(item.path)}`,
      path: item.path,
      bytes: item.bytes,
      sha256: item.sha256 ?? '',
      confidence: 'medium',
      evidence,
    };
  });
  const lines = carried.flatMap((item) => finishing(item, accounts));
  const finish: readonly ProposedStep[] =
    lines.length === 0 ? [] : [{ kind: 'shell', lines, confidence: 'medium', evidence: ['owners, modes and links as they were'] }];
  return {
    kind,
    steps: [...steps, ...finish],
    carried: carried.length,
    replaced: judged.filter(({ refusal }) => refusal !== undefined && 'replaced' in refusal).length,
    left: judged.flatMap(({ item, refusal }): Proposal['left'] =>
      refusal !== undefined && 'reason' in refusal ? [{ kind, name: item.path, reason: refusal.reason }] : [],
    ),
  };
}

/** A `file` step makes files of root with mode 0644. The owner comes before the mode, since a change of owner takes setuid and setgid away (chown(2)). */
function finishing({ kind, path, mode, owner, target }: ContentItem, accounts: Inventory['accounts']): readonly string[] {
  if (kind === 'link')
    return target === undefined
      ? []
      : [`mkdir -p ${shellWord(path.slice(0, path.lastIndexOf('/')) || '/')}`, `ln -sfn ${operand(target)} ${shellWord(path)}`];
  return [
    ...(owner === '0:0' ? [] : [`chown ${shellWord(ownerNames(owner, accounts))} ${shellWord(path)}`]),
    ...(mode === '0644' ? [] : [`chmod ${mode} ${shellWord(path)}`]),
  ];
}
