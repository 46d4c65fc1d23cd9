import { formatDuration, type ImageReport, type StreamedReport } from '../model/index.ts';
import type { RunHistory } from './history.ts';
import { renderImageSection } from './html-image.ts';
import { htmlPieces } from './html-page.ts';
import { issueItems, outcomeBadge } from './html-parts.ts';
import { replicationSection, TIMELINE_STYLE, timelineSection } from './html-timeline.ts';
import { sortIssues } from './issues.ts';
import { type Markup, markup, when } from './markup.ts';
import { succeeded } from './stages.ts';
import { countOutcomes, elapsed, headlinesOf, type ImageHeadline, simulatedNotice } from './summary.ts';

/** One page that holds everything it needs: no script, no request, light and dark. What failed stands first; with the run's history its pictures stand above. A `brief` one has no section of what came through. */
export function renderHtml(
  report: StreamedReport,
  { history, brief }: { readonly history?: RunHistory | undefined; readonly brief: boolean },
): Generator<string> {
  return htmlPieces({
    title: `regild ${report.command} ${report.runId}`,
    heading: report.command,
    body: bodyOf(report, brief, history),
    ...(history && { style: TIMELINE_STYLE }),
  });
}

type Outcome = Pick<ImageHeadline, 'outcome'>;

function* bodyOf(report: StreamedReport, brief: boolean, history: RunHistory | undefined): Generator<Markup> {
  const isShown = ({ outcome }: Outcome) => !brief || !succeeded(outcome);
  const headlines = headlinesOf(report).toSorted((one, other) => Number(succeeded(one.outcome)) - Number(succeeded(other.outcome)));
  yield markup`<p class="soft">${countOutcomes(headlines) || 'no image'} in ${formatDuration(elapsed(report))} · run <code>${report.runId}</code> · started ${report.started} · version ${report.tool.version}</p>
${when(simulatedNotice(report), (notice) => markup`<p class="notice">${notice}</p>\n`)}${issueItems(sortIssues(report.issues))}${overview(headlines, isShown)}${when(history, timelineSection)}${when(history, replicationSection)}`;
  let index = 0;
  for (const image of failedFirst(report.images)) {
    if (isShown(image)) yield renderImageSection(image, index);
    index += 1;
  }
}

function* failedFirst(images: Iterable<ImageReport>): Generator<ImageReport> {
  for (const image of images) if (!succeeded(image.outcome)) yield image;
  for (const image of images) if (succeeded(image.outcome)) yield image;
}

function overview(headlines: readonly ImageHeadline[], isShown: (image: Outcome) => boolean): Markup | undefined {
  if (headlines.length < 2 && headlines.every(isShown)) return undefined;
  const rows = headlines.map(({ name, outcome, version = '', milliseconds }, index) => {
    const named = isShown({ outcome }) ? markup`<a href="#image-${index}">${name}</a>` : name;
    return markup`<tr><td>${named}</td><td>${outcomeBadge(outcome)}</td><td class="code">${version}</td><td>${formatDuration(milliseconds)}</td></tr>\n`;
  });
  return markup`<section>
<table>
<tr><th scope="col">image</th><th scope="col">outcome</th><th scope="col">version</th><th scope="col">time</th></tr>
${rows}</table>
</section>
`;
}
