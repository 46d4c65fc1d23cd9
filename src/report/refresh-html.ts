import type { ImageStatus, RefreshItem, RefreshReport } from '../model/index.ts';
import { htmlPage } from './html-page.ts';
import { issueItems } from './html-parts.ts';
import { type Markup, markup, when } from './markup.ts';
import { CALENDAR_STYLE, calendarSection } from './status/html-calendar.ts';
import { driftLine, minute } from './status/words.ts';

const STYLE = `
body { max-width: 96rem; } .todo td:nth-child(2) { white-space: nowrap; } .todo ul { margin: 0; padding-left: 1.1rem; }
`;

const TONES: Readonly<Record<RefreshItem['action'], string>> = {
  rebuild: 'warn',
  continue: 'warn',
  reconcile: 'warn',
  wait: 'soft',
  none: 'good',
};

/** One page of what a refresh would do, the most urgent image first, and when what is to come; `images` are those of the report. No script, no request. */
export function renderRefreshHtml({ at, items }: RefreshReport, images: readonly ImageStatus[]): string {
  const due = items.filter(({ outcome }) => outcome === 'due').length;
  const heading = `${due} of ${items.length} images due on ${minute(at)}`;
  const body = markup`<section><h2>What is to be done</h2>
<table class="todo"><thead><tr>${['image', 'to do', 'why'].map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead><tbody>
${items.map(itemRow)}</tbody></table></section>
${calendarSection(at, images)}`;
  return htmlPage({ title: `regild refresh: ${heading}`, heading, body, style: `${STYLE}${CALENDAR_STYLE}` });
}

function itemRow({ image, action, outcome, drifts, held, issues }: RefreshItem): Markup {
  const what = action === 'none' ? outcome : action;
  const why = drifts.map((drift) => markup`<li>${driftLine(drift)}</li>`);
  return markup`<tr><th scope="row">${image}</th><td data-label="to do" class="${TONES[action]}">${what}</td><td data-label="why"><ul>${why}${when(held, (text) => markup`<li class="soft">waits: ${text}</li>`)}</ul>${issueItems(issues)}</td></tr>\n`;
}
