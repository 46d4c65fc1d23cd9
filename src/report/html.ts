import { formatDuration, type Report } from '../model/index.ts';
import { renderImageSection } from './html-image.ts';
import { htmlPage } from './html-page.ts';
import { issueItems, outcomeBadge } from './html-parts.ts';
import { sortIssues } from './issues.ts';
import { type Markup, markup, when } from './markup.ts';
import { countOutcomes, elapsed, simulatedNotice, summarise } from './summary.ts';

/** One page that holds everything it needs: no script, no request, light and dark. */
export function renderHtml(report: Report): string {
  const body = markup`<p class="soft">${countOutcomes(report.images) || 'no image'} in ${formatDuration(elapsed(report))} · run <code>${report.runId}</code> · started ${report.started} · version ${report.tool.version}</p>
${when(simulatedNotice(report), (notice) => markup`<p class="notice">${notice}</p>\n`)}${issueItems(sortIssues(report.issues))}${overview(report)}${report.images.map((image, index) => renderImageSection(image, index))}`;
  return htmlPage({ title: `regild ${report.command} ${report.runId}`, heading: report.command, body });
}

function overview(report: Report): Markup | undefined {
  if (report.images.length < 2) return undefined;
  const rows = report.images.map((image, index) => {
    const { name, outcome, version = '', milliseconds } = summarise(image);
    return markup`<tr><td><a href="#image-${index}">${name}</a></td><td>${outcomeBadge(outcome)}</td><td class="code">${version}</td><td>${formatDuration(milliseconds)}</td></tr>\n`;
  });
  return markup`<section>
<table>
<tr><th>image</th><th>outcome</th><th>version</th><th>time</th></tr>
${rows}</table>
</section>
`;
}
