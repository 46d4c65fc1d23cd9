import type { Lineage, LineageVersion } from '../../model/index.ts';
import { renderIssue } from '../issue-text.ts';
import { printedJson } from '../print-json.ts';
import { type Branch, renderTree } from '../tree.ts';
import { renderLineageHtml } from './html.ts';

export const LINEAGE_FORMATS = ['text', 'json', 'html'] as const;
export type LineageFormat = (typeof LINEAGE_FORMATS)[number];

/** The lineage for a terminal, a tree for each oldest AMI; for a program; or as a page. Ends with a line feed. */
export function renderLineage(lineage: Lineage, format: LineageFormat): string {
  switch (format) {
    case 'text':
      return text(lineage);
    case 'json':
      return printedJson(lineage);
    case 'html':
      return renderLineageHtml(lineage);
  }
}

function text({ of, versions, issues }: Lineage): string {
  const nothing = of === undefined ? 'no version is published\n' : `nothing stands on ${JSON.stringify(of)}\n`;
  const trees = forest(versions.map((version) => ({ version, above: aboveOf(version) })));
  return (versions.length === 0 ? nothing : trees.map((tree) => `${renderTree(tree)}\n`).join('\n')) + issues.map(renderIssue).join('');
}

/** A version below the names of what it was made from, the oldest first. */
interface Placed {
  readonly version: LineageVersion;
  readonly above: readonly string[];
}

function aboveOf({ ami, ancestors, base }: LineageVersion): readonly string[] {
  if (ami === undefined) return ['not made by regild'];
  const place = ami.region === undefined ? '' : ` in ${ami.region}`;
  const source = ancestors === undefined ? ', whose source EC2 does not tell' : '';
  const older = (ancestors ?? []).toReversed().map((id) => `AMI ${id}`);
  return [...older, `AMI ${ami.id}${place}${source}`, ...(base === undefined ? [] : [`base ${base}`])];
}

/** One branch for each name, in the order in which they are met; versions stand where no name is left. */
function forest(placed: readonly Placed[]): readonly Branch[] {
  const groups = Map.groupBy(placed, ({ above }) => above[0]);
  return [...groups].flatMap(([name, members]) =>
    name === undefined
      ? members.map(({ version }) => versionBranch(version))
      : [{ text: name, below: forest(members.map(({ version, above }) => ({ version, above: above.slice(1) }))) }],
  );
}

function versionBranch({ image, version, state, run, copiedFrom, record, regions, users }: LineageVersion): Branch {
  const made = [run && `run ${run}`, copiedFrom && `copy of ${copiedFrom}`].filter((one) => one !== undefined);
  const places = regions.map(({ name, latest }) => (latest ? `${name} latest` : name)).join(', ');
  return {
    text: [`${image} ${version}`, state, ...made].join(', '),
    below: [{ text: `in ${places || 'no region'}` }, ...recordBranches(record), ...userBranches(users)],
  };
}

function recordBranches(record: LineageVersion['record']): readonly Branch[] {
  if (record === undefined) return [];
  const { place, builtBy, signedBy, inventory } = record;
  const parts = [
    `kept in ${place}`,
    ...(builtBy === undefined ? [] : [`built by ${builtBy}`]),
    signedBy.length === 0 ? 'not signed' : `signed by ${signedBy.join(', ')}`,
    ...(inventory ? ['with its inventory'] : []),
  ];
  return [{ text: parts.join('; ') }];
}

function userBranches(users: LineageVersion['users']): readonly Branch[] {
  if (users === undefined) return [{ text: 'who runs it is not known: Azure Resource Graph may not be asked' }];
  return users.map(({ kind, name, location }) => ({ text: `${kind === 'scale-set' ? 'scale set' : 'VM'} ${name} in ${location} runs it` }));
}
