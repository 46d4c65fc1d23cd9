import type { Lineage } from '../../model/index.ts';
import { htmlPage } from '../html-page.ts';
import { issueItems } from '../html-parts.ts';
import { type Markup, markup, when } from '../markup.ts';
import { lineageTrees, type TreeNode, type TreeVersion } from './nodes.ts';

/** The lineage as a tree that reads from left to right, and from top to bottom where there is no room: on a phone, and on paper. No script, no request. */
export function renderLineageHtml({ of, versions, issues }: Lineage): string {
  const heading = of === undefined ? 'where versions come from, and who runs them' : `what stands on ${of}`;
  const nothing = of === undefined ? 'no version is published' : 'nothing stands on it';
  const body = markup`<section>${versions.length === 0 ? markup`<p>${nothing}</p>` : lineageTree(versions)}</section>\n${issueItems(issues)}`;
  return htmlPage({ title: `regild: ${heading}`, heading, body, style: `body { max-width: none; }${TREE_STYLE}` });
}

/** The tree itself, for a page that has `TREE_STYLE`. */
export function lineageTree(versions: readonly TreeVersion[]): Markup {
  return markup`<div class="wide"><ul class="tree">${lineageTrees(versions).map(branch)}</ul></div>${LEGEND}`;
}

const LABELS: Readonly<Record<TreeNode['kind'], string>> = {
  ami: 'AMI',
  base: 'base',
  version: 'version',
  region: 'region',
  machine: 'runs it',
  unknown: '',
};

function branch({ kind, text, more, tone, below }: TreeNode): Markup {
  const box = markup`<div class="box ${kind}${tone === undefined ? '' : ` ${tone}`}"><span class="what">${LABELS[kind]}</span>
<span class="code">${text}</span>${when(more, (words) => markup`<span class="more">${words}</span>`)}</div>`;
  return markup`<li>${box}${below.length > 0 ? markup`<ul>${below.map(branch)}</ul>` : undefined}</li>\n`;
}

const LEGEND = markup`<p class="soft">AMI, oldest first → base → version → its copies and regions → machines. Green is latest there, red must not be used any more.</p>`;

/** Lines are borders of the items: a box is joined to the middle of its parent, whatever their heights. */
export const TREE_STYLE = `
.wide { overflow-x: auto; padding-bottom: .5rem; }
.tree, .tree ul { list-style: none; margin: 0; padding: 0; } .tree { font-size: .875rem; width: max-content; min-width: 100%; }
.tree li { display: flex; align-items: center; position: relative; padding: .2rem 0; }
.tree ul > li { padding-left: .9rem; } .tree li > ul { position: relative; padding-left: .9rem; }
.tree li > ul::before { content: ""; position: absolute; left: 0; top: 50%; width: .9rem; border-top: 2px solid var(--line); }
.tree ul > li::before { content: ""; position: absolute; left: 0; top: 0; bottom: 0; border-left: 2px solid var(--line); }
.tree ul > li:first-child::before { top: 50%; } .tree ul > li:last-child::before { bottom: 50%; }
.tree ul > li::after { content: ""; position: absolute; left: 0; top: 50%; width: .9rem; border-top: 2px solid var(--line); }
.box { border: 1px solid var(--line); border-left: .3rem solid var(--soft); border-radius: .4rem; background: var(--ground); padding: .25rem .6rem; width: max-content; max-width: 15rem; position: relative; z-index: 1; }
.box .what { color: var(--soft); font-size: .75rem; display: block; line-height: 1.2; } .box .what:empty { display: none; } .box .more { color: var(--soft); display: block; font-size: .8125rem; line-height: 1.3; }
.box.ami { border-left-color: var(--gold); } .box.base { border-left-color: var(--ask); } .box.version { border-left-color: var(--ink); font-weight: 600; } .box.version .more { font-weight: 400; }
.box.good { border-color: var(--good); } .box.good .more { color: var(--good); } .box.bad { border-color: var(--bad); color: inherit; } .box.bad .more { color: var(--bad); }
@media (max-width: 60rem) { ${downwards()} }
@media print { ${downwards()} .box { break-inside: avoid; } }
`;

function downwards(): string {
  return `.tree { width: auto; } .tree li { display: block; } .box { width: auto; max-width: none; }
.tree ul > li { padding-left: 1.1rem; } .tree li > ul { padding-left: 0; margin-left: .75rem; } .tree li > ul::before { display: none; }
.tree ul > li:first-child::before { top: -.2rem; } .tree ul > li:last-child::before { bottom: auto; height: 1.3rem; } .tree ul > li::after { top: 1.1rem; width: 1.1rem; }`;
}
