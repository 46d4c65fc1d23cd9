import { formatDuration, type ImageReport, type Report } from '../model/index.ts';
import type { RunHistory } from './history.ts';
import { renderImageSection } from './html-image.ts';
import { htmlPieces } from './html-page.ts';
import { issueItems, outcomeBadge } from './html-parts.ts';
import { replicationSection, TIMELINE_STYLE, timelineSection } from './html-timeline.ts';
import { sortIssues } from './issues.ts';
import { type Markup, markup, when } from './markup.ts';
import { succeeded } from './stages.ts';
import { countOutcomes, elapsed, simulatedNotice, summarise } from './summary.ts';

/** One page that holds everything it needs: no script, no request, light and dark. What failed stands first; with the run's history its pictures stand above. A `brief` one has no section of what came through. */
export function renderHtml(
  { images, ...run }: Report,
  { history, brief }: { readonly history?: RunHistory | undefined; readonly brief: boolean },
): Generator<string> {
  const isShown = (image: ImageReport) => !brief || !succeeded(image.outcome);
  const report = { ...run, images: images.toSorted((one, other) => Number(succeeded(one.outcome)) - Number(succeeded(other.outcome))) };
  return htmlPieces({
    title: `regild ${report.command} ${report.runId}`,
    heading: report.command,
    body: bodyOf(report, isShown, history),
    ...(history && { style: TIMELINE_STYLE }),
  });
}

function* bodyOf(report: Report, isShown: (image: ImageReport) => boolean, history: RunHistory | undefined): Generator<Markup> {
  yield markup`<p class="soft">${countOutcomes(report.images) || 'no image'} in ${formatDuration(elapsed(report))} · run <code>${report.runId}</code> · started ${report.started} · version ${report.tool.version}</p>
${when(simulatedNotice(report), (notice) => markup`<p class="notice">${notice}</p>\n`)}${issueItems(sortIssues(report.issues))}${overview(report, isShown)}${when(history, timelineSection)}${when(history, replicationSection)}`;
  for (const [index, image] of report.images.filter(isShown).entries()) yield renderImageSection(image, index);
}

function overview(report: Report, isShown: (image: ImageReport) => boolean): Markup | undefined {
  if (report.images.length < 2 && report.images.every(isShown)) return undefined;
  const rows = report.images.map((image, index) => {
    const { name, outcome, version = '', milliseconds } = summarise(image);
    const named = isShown(image) ? markup`<a href="#image-${index}">${name}</a>` : name;
    return markup`<tr><td>${named}</td><td>${outcomeBadge(outcome)}</td><td class="code">${version}</td><td>${formatDuration(milliseconds)}</td></tr>\n`;
  });
  return markup`<section>
<table>
<tr><th scope="col">image</th><th scope="col">outcome</th><th scope="col">version</th><th scope="col">time</th></tr>
${rows}</table>
</section>
`;
}
