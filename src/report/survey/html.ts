import type { Survey } from '../../model/index.ts';
import { htmlPage } from '../html-page.ts';
import { issueItems } from '../html-parts.ts';
import { type Markup, markup } from '../markup.ts';
import { type Filter, filterBoxes, filterStyle, filtersOf } from './html-filters.ts';
import { COLUMNS, imageRow } from './html-row.ts';
import { summaryLines, type WaveSection, waveSections } from './words.ts';

const OWN_STYLE = `
body { max-width: 96rem; }
.numbers th { width: 8rem; } .name { overflow-wrap: anywhere; unicode-bidi: isolate; font-size: .875rem; }
.chip { display: inline-block; border: 1px solid var(--line); border-radius: .35rem; padding: 0 .4rem; margin: 0 0 .2rem; font-size: .8125rem; white-space: nowrap; }
.filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; background: var(--ground); padding: .5rem 0; border-bottom: 1px solid var(--line); max-height: 40vh; overflow: auto; }
.filters fieldset { border: 1px solid var(--line); border-radius: .5rem; padding: .1rem .6rem .3rem; margin: 0; } .filters legend { color: var(--soft); font-size: .8125rem; } .filters label { margin-right: .7rem; font-size: .875rem; white-space: nowrap; }
.filters button { font: inherit; font-size: .875rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: inherit; padding: .3rem .8rem; cursor: pointer; }
h4 { margin: .6rem 0 .1rem; font-size: .8125rem; color: var(--soft); } .more ul { margin: 0; padding-left: 1.1rem; font-size: .875rem; } .more table { font-size: .875rem; }
.images > tbody > tr:not(.more) > td { border-bottom: 0; padding-bottom: 0; } .images > tbody > tr:not(.more) > td:first-child { width: 28%; } .images details { margin: 0; font-size: .875rem; }
@media print { .filters { display: none; } }
`;

/** One page that holds everything it needs: no script, no request; the filters are check boxes and style. */
export function renderSurveyHtml(survey: Survey): string {
  const filters = filtersOf(survey.images);
  const numbers = summaryLines(survey.summary).map(({ label, text }) => markup`<tr><th scope="row">${label}</th><td>${text}</td></tr>\n`);
  const heading = `survey of ${survey.images.length} AMIs`;
  const body = markup`<section><table class="numbers">
${numbers}</table>
${survey.advice.map(({ text }) => markup`<p class="notice">${text}</p>\n`)}${issueItems(survey.issues)}</section>
${filters.length > 0 ? filterBoxes(filters) : undefined}${waveSections(survey).map((section) => waveSection(section, filters))}`;
  return htmlPage({ title: `regild ${heading}`, heading, body, style: `${OWN_STYLE}${filterStyle(filters)}` });
}

function waveSection({ wave, title, images, reasons }: WaveSection, filters: readonly Filter[]): Markup {
  const rows = images.map((image) => imageRow(image, filters.map(({ classOf }) => classOf(image)).join(' ')));
  return markup`<section>
<h2>Wave ${wave}: ${title} <span class="soft">${images.length}</span></h2>
<ul class="soft">${reasons.map(({ text, count }) => markup`<li>${count} × ${text}</li>`)}</ul>
<table class="images"><thead><tr>${COLUMNS.map((column) => markup`<th>${column}</th>`)}</tr></thead><tbody>
${rows}</tbody></table>
</section>
`;
}
