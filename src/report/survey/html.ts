import type { Survey } from '../../model/index.ts';
import { BARS_STYLE, bars } from '../html-bars.ts';
import { htmlPieces } from '../html-page.ts';
import { issueItems } from '../html-parts.ts';
import { type Markup, markup } from '../markup.ts';
import { prose } from '../prose.ts';
import { type Filter, filterBoxes, filterStyle, filtersOf } from './html-filters.ts';
import { COLUMNS, imageRow } from './html-row.ts';
import { SCRIPT, TOOLS } from './html-script.ts';
import { summaryLines, type WaveSection, waveSections } from './words.ts';

const OWN_STYLE = `
body { max-width: 96rem; }
.numbers th { width: 8rem; } .name { overflow-wrap: anywhere; unicode-bidi: isolate; font-size: .875rem; }
.chip { display: inline-block; border: 1px solid var(--line); border-radius: .35rem; padding: 0 .4rem; margin: 0 0 .2rem; font-size: .8125rem; white-space: nowrap; }
.chosen { position: sticky; top: 0; z-index: 1; background: var(--ground); padding: .5rem 0; border-bottom: 1px solid var(--line); max-height: 40vh; overflow: auto; }
#tools { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding-bottom: .5rem; } #tools input, #tools select { font: inherit; font-size: .875rem; padding: .25rem .5rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: inherit; max-width: 100%; }
.filters { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; } details > summary > h2 { display: inline; }
.filters fieldset { border: 1px solid var(--line); border-radius: .5rem; padding: .1rem .6rem .3rem; margin: 0; } .filters legend { color: var(--soft); font-size: .8125rem; } .filters label { margin-right: .7rem; font-size: .875rem; white-space: nowrap; }
.filters button { font: inherit; font-size: .875rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: inherit; padding: .3rem .8rem; cursor: pointer; }
h4 { margin: .6rem 0 .1rem; font-size: .8125rem; color: var(--soft); } .more ul { margin: 0; padding-left: 1.1rem; font-size: .875rem; } .more table { font-size: .875rem; }
.images { border-collapse: separate; border-spacing: 0; } .images > tbody > tr:not(.more) > td { border-bottom: 0; padding-bottom: 0; } .images > tbody > .more > td { border-bottom: 1px solid var(--line); } .images > tbody > tr:not(.more) > td:first-child { width: 28%; } .images details { margin: 0; font-size: .875rem; }
@media (max-width: 44rem) { .chosen { position: static; max-height: none; } table.images > thead { display: none; } .images .more { border-top: 0; } .images > tbody { border-bottom: 1px solid var(--line); padding: .5rem 0; } table.images > tbody > tr { border-bottom: 0; padding: 0; } table.images > tbody > tr:not(.more) > td:first-child { width: auto; } .filters label { white-space: normal; } }
@media print { .chosen { display: none; } }
`;

/** One page that holds everything it needs and asks for nothing: the filters are check boxes and style, and a script of its own searches and orders. */
export function renderSurveyHtml(survey: Survey): Generator<string> {
  const filters = filtersOf(survey.images);
  const heading = `survey of ${survey.images.length} AMIs`;
  const style = `${BARS_STYLE}${OWN_STYLE}${filterStyle(filters)}`;
  return htmlPieces({ title: `regild ${heading}`, heading, body: bodyOf(survey, filters), style, script: SCRIPT });
}

function* bodyOf(survey: Survey, filters: readonly Filter[]): Generator<Markup> {
  yield markup`<section>${chartsOf(survey)}
${survey.advice.map(({ text }) => markup`<p class="notice">${prose(text)}</p>\n`)}${issueItems(survey.issues)}</section>
<div class="chosen">${TOOLS}${filters.length > 0 ? filterBoxes(filters) : undefined}</div>`;
  for (const section of waveSections(survey)) yield* waveSection(section, filters);
}

/** What can be counted as bars; the rest in words. */
function chartsOf({ summary }: Survey): Markup {
  const charts = [
    bars('verdicts', summary.verdicts),
    bars('systems', summary.distros),
    bars('waves', summary.waves),
    bars('warnings', summary.warnings),
    bars('AWS parts on the disks', summary.content?.components ?? []),
    bars('secrets on the disks', summary.content?.leaks ?? []),
  ].filter((chart) => chart !== undefined);
  const rest = summaryLines(summary).filter(({ label }) => IN_WORDS.includes(label));
  const lines = rest.map(({ label, text }) => markup`<tr><th scope="row">${label}</th><td>${text}</td></tr>\n`);
  return markup`<div class="charts">${charts}</div>\n<table class="numbers">${lines}</table>`;
}

const IN_WORDS: readonly string[] = ['unknown', 'duplicates', 'in use', 'disks'];

function* waveSection({ wave, title, images, reasons }: WaveSection, filters: readonly Filter[]): Generator<Markup> {
  const newestFirst = images.toSorted((one, other) => ((one.created ?? '') < (other.created ?? '') ? 1 : -1));
  yield markup`<section><details open>
<summary><h2>Wave ${wave}: ${title} <span class="soft">${images.length}</span></h2></summary>
<ul class="soft">${reasons.map(({ text, count }) => markup`<li>${count} × ${text}</li>`)}</ul>
<table class="images"><thead><tr>${COLUMNS.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
`;
  for (const image of newestFirst) yield imageRow(image, filters.map(({ classOf }) => classOf(image)).join(' '));
  yield markup`</table></details>
</section>
`;
}
