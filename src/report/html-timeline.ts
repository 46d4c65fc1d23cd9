import { formatDuration, Stage } from '../model/index.ts';
import type { ImageHistory, RegionCurve, RunHistory, StageSpan } from './history.ts';
import { opening, tableOf } from './html-parts.ts';
import { type Markup, markup } from './markup.ts';

/** Style of the two pictures. A segment without a name in it is read from the table below and from its title. */
export const TIMELINE_STYLE = `
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: 0 0 .75rem; padding: 0; font-size: .8125rem; }
.legend span { display: inline-block; width: .8rem; height: .8rem; border-radius: .2rem; margin-right: .35rem; vertical-align: -.05rem; }
.time { display: grid; grid-template-columns: minmax(6rem, 14rem) 1fr; gap: .3rem .75rem; align-items: center; }
.time > .name { overflow-wrap: anywhere; font-size: .875rem; } .track { position: relative; height: 1.5rem; background: var(--ground); border: 1px solid var(--line); border-radius: .35rem; overflow: hidden; print-color-adjust: exact; }
.track span { position: absolute; top: 0; bottom: 0; min-width: 2px; } .track .failed { outline: 3px solid var(--bad); outline-offset: -3px; } .track .cut { opacity: .55; }
.axis { grid-column: 2; display: flex; justify-content: space-between; color: var(--soft); font-size: .8125rem; font-variant-numeric: tabular-nums; }
.st-analyze { background: #a3adbd; } .st-match { background: #87929f; } .st-plan { background: #6d7787; } .st-preflight { background: #9b7fb8; } .st-render { background: #525b69; } .st-build { background: #c98a1b; } .st-validate { background: #3f7fc4; } .st-publish { background: #2c8f57; }
.regions { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); gap: .75rem 1.25rem; margin: 0; }
.regions figure { margin: 0; } .regions figcaption { font-size: .875rem; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 .5rem; }
.regions svg { display: block; width: 100%; height: 4rem; background: var(--ground); border: 1px solid var(--line); border-radius: .35rem; }
.regions path { fill: none; stroke: currentColor; stroke-width: 2; vector-effect: non-scaling-stroke; }
@media (max-width: 44rem) { .time { grid-template-columns: 1fr; } .axis { grid-column: 1; margin-bottom: .5rem; } .time > .name { margin-bottom: -.2rem; } }
`;

/** When each stage of each image ran, on one clock. Nothing where no log tells of it. */
export function timelineSection({ length, images }: RunHistory): Markup | undefined {
  if (images.length === 0 || length === 0) return undefined;
  const stages = Stage.options.filter((stage) => images.some(({ spans }) => spans.some((span) => span.stage === stage)));
  const legend = stages.map((stage) => markup`<li><span class="st-${stage}"></span>${stage}</li>`);
  const rows = images.map(({ image, spans }) => trackRow(image, spans, length));
  return markup`<section>
<h2>Timeline</h2>
<p class="soft">${formatDuration(length)} in which something ran, from left to right.</p>
<ul class="legend">${legend}</ul>
<div class="time">
${rows}<div class="axis"><span>0</span><span>${formatDuration(length / 2)}</span><span>${formatDuration(length)}</span></div>
</div>
${opening('when each stage began, and how long it took', spanTable(images))}</section>
`;
}

function trackRow(image: string, spans: readonly StageSpan[], length: number): Markup {
  const bars = spans.map((span) => {
    const { stage, from, to, end } = span;
    const tone = end === 'failed' ? ' failed' : end === 'cut short' ? ' cut' : '';
    return markup`<span class="st-${stage}${tone}" style="left: ${percent(from, length)}%; width: ${percent(to - from, length)}%" title="${wordsOf(span)}"></span>`;
  });
  return markup`<div class="name">${image}</div><div class="track" role="img" aria-label="${`${image}: ${spans.map(wordsOf).join('; ')}`}">${bars}</div>\n`;
}

function wordsOf({ stage, from, to, end }: StageSpan): string {
  return `${stage} ${end === 'done' ? '' : `${end} `}${formatDuration(to - from)}, from ${formatDuration(from)}`;
}

function spanTable(images: readonly ImageHistory[]): Markup | undefined {
  const rows = images.flatMap(({ image, spans }) =>
    spans.map(
      ({ stage, from, to, end }) =>
        markup`<tr><th scope="row">${image}</th><td>${stage}</td><td>${formatDuration(from)}</td><td>${formatDuration(to - from)}</td><td class="${end === 'failed' ? 'bad' : ''}">${end}</td></tr>\n`,
    ),
  );
  return tableOf(rows, '', ['image', 'stage', 'began after', 'took', 'end']);
}

const TONES = { Completed: 'good', Failed: 'bad', Replicating: 'warn', Unknown: 'soft' } as const;

/** How each region of each image filled up, all on the clock of the image that took longest. Nothing where none was watched. */
export function replicationSection({ images }: RunHistory): Markup | undefined {
  const watched = images.filter(({ regions }) => regions.length > 0);
  if (watched.length === 0) return undefined;
  return markup`<section>
<h2>Replication</h2>
${watched.map(({ image, regions }) => {
  const [from, to] = rangeOf(regions);
  return markup`<h3>${image} <span class="soft">${formatDuration(to - from)}</span></h3>\n<div class="regions">${regions.map((region) => regionFigure(region, from, to))}</div>\n`;
})}</section>
`;
}

function rangeOf(regions: readonly RegionCurve[]): readonly [number, number] {
  const times = regions.flatMap(({ points }) => points.map(({ at }) => at));
  return [Math.min(...times), Math.max(...times)];
}

function regionFigure({ name, points, state }: RegionCurve, from: number, to: number): Markup {
  const done = points.find(({ progress }) => progress >= 100);
  const last = points.at(-1)?.progress ?? 0;
  const said = state === 'Completed' && done ? `done after ${formatDuration(done.at - from)}` : `${state}, ${Math.round(last)} %`;
  return markup`<figure><figcaption><span class="code">${name}</span> <span class="${TONES[state]}">${said}</span></figcaption><svg class="${TONES[state]}" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="${`${name}: ${said}`}"><path d="${curve(points, from, to)}"/></svg></figure>\n`;
}

/** Steps: what was seen holds until something else is. Up is more, so 100 percent stands at 2 and none at 98. */
function curve(points: RegionCurve['points'], from: number, to: number): string {
  const x = (at: number) => percent(at - from, to - from);
  const y = (progress: number) => Math.round((98 - Math.min(100, progress) * 0.96) * 10) / 10;
  const [first] = points;
  const steps = points.slice(1).map(({ at, progress }) => `H${x(at)}V${y(progress)}`);
  return first === undefined ? 'M0 98H100' : `M0 98H${x(first.at)}V${y(first.progress)}${steps.join('')}H100`;
}

function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}
