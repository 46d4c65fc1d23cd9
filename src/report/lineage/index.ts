import type { Lineage, LineageVersion } from '../../model/index.ts';
import { renderIssue } from '../issue-text.ts';
import { printedJson } from '../print-json.ts';
import { type Branch, renderTree } from '../tree.ts';
import { grown } from './grown.ts';
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
  const trees = grown(
    versions.map((version) => ({ above: aboveOf(version), node: versionBranch(version) })),
    (name) => name,
    (name, below): Branch => ({ text: name, below }),
  );
  return (versions.length === 0 ? nothing : trees.map((tree) => `${renderTree(tree)}\n`).join('\n')) + issues.map(renderIssue).join('');
}

/** The names of what a version was made from, the oldest first. */
function aboveOf({ ami, ancestors, base }: LineageVersion): readonly string[] {
  if (ami === undefined) return ['not made by regild'];
  const place = ami.region === undefined ? '' : ` in ${ami.region}`;
  const source = ancestors === undefined ? ', whose source EC2 does not tell' : '';
  const older = (ancestors ?? []).toReversed().map((id) => `AMI ${id}`);
  return [...older, `AMI ${ami.id}${place}${source}`, ...(base === undefined ? [] : [`base ${base}`])];
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
