import { formatDuration, type ImageReport } from '../model/index.ts';
import { componentPart, questionPart, regionPart, vmPart } from './html-evidence.ts';
import { issueItems, outcomeBadge, tableOf } from './html-parts.ts';
import { candidatePart, findingPart } from './html-reasoning.ts';
import { type Markup, markup } from './markup.ts';
import { prose } from './prose.ts';
import { replacementPart } from './replacement-parts.ts';
import type { Section } from './section.ts';
import { sectionHtml } from './sections.ts';
import type { StageLine } from './stages.ts';
import { summarise } from './summary.ts';

/** The section of one image; `index` makes the anchor that the overview links to. */
export function renderImageSection(image: ImageReport, index: number): Markup {
  const summary = summarise(image);
  const facts = summary.facts.map(
    ({ label, value }) => markup`<tr><th scope="row">${label}</th><td class="code">${prose(value)}</td></tr>\n`,
  );
  return markup`<section id="image-${index}">
<h2>${summary.name} ${outcomeBadge(summary.outcome)}</h2>
${stageList(summary.stages)}${issueItems(summary.issues)}${questionPart(summary.questions)}${tableOf(facts, 'facts')}${regionPart(summary.regions)}${vmPart(summary.vms)}${componentPart(summary.components)}${replacementPart(summary.replacements)}${contentPart(summary.content)}${candidatePart(image.match)}${findingPart(image.analysis)}</section>
`;
}

function stageList(stages: readonly StageLine[]): Markup {
  const tone = { passed: 'good', failed: 'bad', skipped: 'soft' } as const;
  const items = stages.map(({ stage, state, milliseconds }) => {
    const time = milliseconds === undefined ? '' : ` ${formatDuration(milliseconds)}`;
    return markup`<li class="badge ${tone[state]}" title="${state}">${stage}${time}</li>`;
  });
  return markup`<ul class="steps">${items}</ul>\n`;
}

function contentPart(sections: readonly Section[]): Markup | undefined {
  return sections.length === 0
    ? undefined
    : markup`<h3>What of the AMI is carried over</h3>\n${sections.map((section) => sectionHtml(section))}\n`;
}
