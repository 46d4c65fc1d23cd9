import { type ImageStatus, isRebuild, isReconcile } from '../../model/index.ts';
import { opening } from '../html-parts.ts';
import { type Markup, markup } from '../markup.ts';
import { driftLine, minute } from './words.ts';

export const CALENDAR_STYLE = `
.calendar td { min-width: 8rem; } .calendar .chip { display: block; border-left: 3px solid var(--line); padding-left: .45rem; margin: 0 0 .35rem; font-size: .8125rem; } .calendar .chip b { font-variant-numeric: tabular-nums; font-weight: 600; }
.calendar .bad { border-color: var(--bad); } .calendar .warn { border-color: var(--warn); } .calendar .chip.bad, .calendar .chip.warn { color: var(--ink); }
`;

/** Something of an image that has a date. */
interface Dated {
  /** ISO 8601. */
  readonly at: string;
  readonly what: string;
}

const DAY = 86_400_000;
/** Columns of the calendar, each up to so many days from now. */
const SPANS = [
  { title: 'now', days: 0, tone: 'bad' },
  { title: 'within a week', days: 7, tone: 'warn' },
  { title: 'within a month', days: 30, tone: 'soft' },
  { title: 'within a quarter', days: 91, tone: 'soft' },
  { title: 'within a year', days: 365, tone: 'soft' },
  { title: 'later', days: Number.POSITIVE_INFINITY, tone: 'soft' },
] as const;

/** What is due when, an image a row: what waits or has passed its date, blackouts, ends of life and of support. `now` is when the fleet was looked at. */
export function calendarSection(now: string, images: readonly ImageStatus[]): Markup {
  const dated = images.map((image) => ({ image: image.image, dates: datesOf(now, image) }));
  const used = SPANS.filter((span) => dated.some(({ dates }) => dates.some(({ at }) => spanOf(now, at) === span)));
  if (used.length === 0) return markup`<section><h2>Calendar</h2><p class="soft">nothing has a date</p></section>\n`;
  const rows = dated
    .filter(({ dates }) => dates.length > 0)
    .map(({ image, dates }) => {
      const cells = used.map(
        (span) =>
          markup`<td data-label="${span.title}">${dates.filter(({ at }) => spanOf(now, at) === span).map((date) => chip(date, span.tone))}</td>`,
      );
      return markup`<tr><th scope="row">${image}</th>${cells}</tr>\n`;
    });
  const head = used.map(({ title }) => markup`<th scope="col">${title}</th>`);
  return markup`<section><h2>Calendar</h2><table class="calendar"><thead><tr><th scope="col">image</th>${head}</tr></thead><tbody>
${rows}</tbody></table>
${opening('every date in its order', listing(dated))}</section>\n`;
}

function chip({ at, what }: Dated, tone: string): Markup {
  return markup`<span class="chip ${tone}"><b>${at.slice(0, 10)}</b> ${what}</span>`;
}

function listing(dated: readonly { readonly image: string; readonly dates: readonly Dated[] }[]): Markup {
  const rows = dated
    .flatMap(({ image, dates }) => dates.map(({ at, what }) => ({ at, image, what })))
    .toSorted((one, other) => (one.at < other.at ? -1 : 1))
    .map(({ at, image, what }) => markup`<tr><th scope="row">${minute(at)}</th><td>${image}</td><td>${what}</td></tr>\n`);
  return markup`<table>${rows}</table>`;
}

function spanOf(now: string, at: string): (typeof SPANS)[number] | undefined {
  const days = (Date.parse(at) - Date.parse(now)) / DAY;
  return SPANS.find((span) => days <= span.days);
}

function datesOf(now: string, { drifts, blackout, support, versions }: ImageStatus): readonly Dated[] {
  const dates = [
    ...drifts
      .filter((drift) => drift.heldUntil !== undefined || isRebuild(drift) || isReconcile(drift))
      .map((drift) => ({ at: drift.heldUntil ?? now, what: driftLine(drift) })),
    ...(blackout?.from === undefined ? [] : [{ at: blackout.from, what: `blackout ${blackout.text} begins` }]),
    ...(blackout?.until === undefined ? [] : [{ at: blackout.until, what: `blackout ${blackout.text} ends` }]),
    ...(support?.standard === undefined ? [] : [{ at: midnight(support.standard), what: `standard support of ${support.system} ends` }]),
    ...(support?.extended === undefined ? [] : [{ at: midnight(support.extended), what: `extended support of ${support.system} ends` }]),
    ...versions.flatMap(({ version, endOfLife }) =>
      endOfLife === undefined ? [] : [{ at: endOfLife, what: `end of life of version ${version}` }],
    ),
  ];
  return dates.toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

function midnight(date: string): string {
  return `${date}T00:00:00.000Z`;
}
