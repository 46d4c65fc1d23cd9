import { COPIED_TAG, type FleetStatus, type ImageStatus, isRebuild, isReconcile } from '../../model/index.ts';
import { htmlPage } from '../html-page.ts';
import { issueItems } from '../html-parts.ts';
import { lineageTree, TREE_STYLE } from '../lineage/html.ts';
import { type Markup, markup } from '../markup.ts';
import { CALENDAR_STYLE, calendarSection } from './html-calendar.ts';
import { driftLine, factLines, minute, regionWords, usersWords } from './words.ts';

/** One page for the fleet: what is due, the calendar, which version is latest in which region, and each image. No script, no request. */
export function renderStatusHtml({ at, images }: FleetStatus): string {
  const heading = `${images.length} images on ${minute(at)}`;
  const parts = [
    dueSection(images),
    calendarSection(at, images),
    regionSection(images),
    lineageSection(images),
    ...images.map(imageSection),
  ];
  const style = `body { max-width: 96rem; }${CALENDAR_STYLE}${TREE_STYLE}`;
  return htmlPage({ title: `regild: ${heading}`, heading, body: markup`${parts}`, style });
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

/** What EC2 knows of an AMI's own source is asked by `regild lineage` alone. */
function lineageSection(images: readonly ImageStatus[]): Markup {
  const versions = images.flatMap(({ image, versions: all, users }) =>
    all.map(({ version, id, state, ami, base, tags, regions }) => ({
      ...{ image, version, id, state, ami: ami === undefined ? undefined : { id: ami }, ancestors: [], base },
      ...{ copiedFrom: tags[COPIED_TAG], regions, users: users?.filter((user) => user.version === version) },
    })),
  );
  if (versions.length === 0) return markup``;
  return markup`<section><h2>Where versions come from, and who runs them</h2>${lineageTree(versions)}</section>\n`;
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
