import { type FleetStatus, type ImageStatus, isRebuild, isReconcile } from '../../model/index.ts';
import { htmlPage } from '../html-page.ts';
import { issueItems } from '../html-parts.ts';
import { type Markup, markup } from '../markup.ts';
import { CALENDAR_STYLE, calendarSection } from './html-calendar.ts';
import { driftLine, factLines, minute, regionWords, usersWords } from './words.ts';

/** One page for the fleet: what is due, the calendar, which version is latest in which region, and each image. No script, no request. */
export function renderStatusHtml({ at, images }: FleetStatus): string {
  const heading = `${images.length} images on ${minute(at)}`;
  const body = markup`${dueSection(images)}${calendarSection(at, images)}${regionSection(images)}${images.map(imageSection)}`;
  return htmlPage({ title: `regild: ${heading}`, heading, body, style: `body { max-width: 96rem; }${CALENDAR_STYLE}` });
}

function dueSection(images: readonly ImageStatus[]): Markup {
  const rows = images.flatMap(({ image, drifts }) =>
    drifts
      .filter((drift) => isRebuild(drift) || isReconcile(drift))
      .map((drift) => markup`<tr><th scope="row">${image}</th><td>${driftLine(drift)}</td></tr>\n`),
  );
  const body = rows.length > 0 ? markup`<table>${rows}</table>` : markup`<p class="good">nothing is due</p>`;
  return markup`<section><h2>Due</h2>${body}</section>\n`;
}

function regionSection(images: readonly ImageStatus[]): Markup {
  const regions = [
    ...new Set(images.flatMap(({ versions }) => versions.flatMap((version) => version.regions.map(({ name }) => name)))),
  ].toSorted();
  const rows = images.map(({ image, versions }) => {
    const cells = regions.map((region) => {
      const latest = versions.find((version) => version.regions.some(({ name, latest }) => name === region && latest));
      return markup`<td data-label="${region}">${latest?.version ?? '–'}</td>`;
    });
    return markup`<tr><th scope="row">${image}</th>${cells}</tr>\n`;
  });
  const head = regions.map((region) => markup`<th scope="col">${region}</th>`);
  return markup`<section><h2>What latest is, by region</h2><table><thead><tr><th scope="col">image</th>${head}</tr></thead><tbody>${rows}</tbody></table></section>\n`;
}

function imageSection(status: ImageStatus): Markup {
  const { image, gallery, definition, versions, users, issues } = status;
  const rows = versions.map(
    (
      version,
    ) => markup`<tr><th scope="row">${version.version}</th><td>${version.state}</td><td>${version.published === undefined ? '' : minute(version.published)}</td>
<td>${regionWords(version)}</td><td>${usersWords(version)}</td><td class="code">${version.ami ?? ''}</td><td class="code">${version.base ?? ''}</td></tr>\n`,
  );
  const machines = (users ?? []).map(
    ({ name, location, version }) => markup`<li>${name} in ${location}, version ${version ?? 'latest'}</li>`,
  );
  return markup`<section>
<h2>${image} <span class="soft">${gallery}/${definition}</span></h2>
<ul>${factLines(status).map((line) => markup`<li>${line}</li>`)}</ul>
<table><thead><tr>${['version', 'state', 'published', 'regions', 'users', 'AMI', 'base'].map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead><tbody>
${rows}</tbody></table>
${machines.length > 0 ? markup`<details><summary>who runs it</summary><ul>${machines}</ul></details>` : undefined}${issueItems(issues)}</section>
`;
}
