import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Page, withChromium } from './chromium.ts';
import { contentTables, differing, type Table } from './content-tables.ts';
import { pages } from './pages.ts';
import { terminalChecks } from './terminal.ts';

/** A judgement in words; empty where there is nothing to say. */
type Finding = string;

const [folder = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const AXE = readFileSync(join(import.meta.dirname, 'node_modules/axe-core/axe.min.js'), 'utf8');
/** Tables of content by page; `REGILD_PAGES_UPDATE=true` writes what the pages say now, which `npm run format` lays out. */
const CONTENT = join(import.meta.dirname, 'content.json');
/** A phone, a laptop's half, a wide screen; each page is seen dark too. */
const SCREENS = [
  { width: 390, dark: false },
  { width: 800, dark: true },
  { width: 1400, dark: false },
] as const;
const say = (line: string) => void process.stdout.write(`${line}\n`);
const counts = { passed: 0, failed: 0 };

function judge(what: string, findings: readonly Finding[]): void {
  if (findings.length === 0) {
    counts.passed += 1;
    return;
  }
  counts.failed += 1;
  say(`failed: ${what}`);
  for (const finding of findings) say(`  ${finding}`);
}

async function open(page: Page, path: string): Promise<void> {
  const loaded = page.next('Page.loadEventFired');
  await page.send('Page.navigate', { url: pathToFileURL(path).href });
  await loaded;
}

async function atWidth(page: Page, width: number, dark: boolean): Promise<void> {
  await page.send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 });
  await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] });
}

/** Whatever stands out to the right of the screen, the page itself where it can be pushed sideways, and words with a letter on each line. */
async function overflow(page: Page): Promise<readonly Finding[]> {
  return page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    const wide = document.documentElement.scrollWidth > width ? ['the page is ' + document.documentElement.scrollWidth + ' wide'] : [];
    const out = [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > width + 1 && !one.closest('pre, .track, svg'));
    const stacked = [...document.querySelectorAll('th, td')].filter((one) => one.checkVisibility() && one.textContent.trim().length > 8 && one.clientWidth < 45);
    return [...wide, ...stacked.slice(0, 3).map((one) => 'letters under each other: ' + one.textContent.slice(0, 40)), ...out.slice(0, 3).map((one) => one.tagName + '.' + one.className + ' ends at ' + Math.round(one.getBoundingClientRect().right))];
  })()`);
}

async function axe(page: Page): Promise<readonly Finding[]> {
  await page.evaluate(`${AXE};0`);
  return page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')))`,
  );
}

async function picture(page: Page, name: string): Promise<void> {
  const { data } = await page.send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: false });
  writeFileSync(join(folder, `${name}.png`), Buffer.from(String(data), 'base64'));
}

/** In print everything that is folded is open: each part that a reader on paper cannot click has its height. */
async function print(page: Page, name: string): Promise<readonly Finding[]> {
  await page.send('Emulation.setEmulatedMedia', { media: 'print' });
  const folded = await page.evaluate<readonly Finding[]>(`[...document.querySelectorAll('details')]
    .filter((one) => one.checkVisibility() && [...one.children].some((part) => part.tagName !== 'SUMMARY' && part.textContent.trim() !== '' && part.getBoundingClientRect().height === 0))
    .slice(0, 3).map((one) => 'folded in print: ' + one.firstElementChild.textContent)`);
  const { data } = await page.send('Page.printToPDF', { printBackground: true });
  const pdf = Buffer.from(String(data), 'base64');
  writeFileSync(join(folder, `${name}.pdf`), pdf);
  await page.send('Emulation.setEmulatedMedia', { media: '' });
  return [...folded, ...(pdf.subarray(0, 5).toString() === '%PDF-' ? [] : ['no PDF came out'])];
}

/** Nobody else's script runs, and nothing is fetched. */
async function alone(page: Page, path: string, before: number): Promise<readonly Finding[]> {
  const others = page
    .requests()
    .slice(before)
    .filter((url) => url !== pathToFileURL(path).href);
  const elements = await page.evaluate<number>(`document.querySelectorAll('img, iframe, object, link, [onerror], [onclick]').length`);
  return [...others.map((url) => `it asks for ${url}`), ...(elements === 0 ? [] : [`${elements} elements of somebody else's`])];
}

async function judgePage(page: Page, name: string, html: string): Promise<void> {
  const path = join(folder, `${name}.html`);
  writeFileSync(path, html);
  const before = page.requests().length;
  await atWidth(page, 800, false);
  await open(page, path);
  judge(`${name} is alone`, await alone(page, path, before));
  for (const { width, dark } of SCREENS) {
    await atWidth(page, width, dark);
    const shown = `${name} at ${width}${dark ? ', dark' : ''}`;
    judge(`${shown}: layout`, await overflow(page));
    // A thousand rows are a hundred alike, which axe reads in the small page.
    if (name !== 'survey-1000') judge(`${shown}: axe`, await axe(page));
    await picture(page, `${name}-${width}${dark ? '-dark' : ''}`);
  }
  judge(`${name} in print`, await print(page, name));
}

const SURVEY_USE: readonly (readonly [string, string, unknown])[] = [
  ['the newest of each kind are shown', `document.getElementById('shown').textContent`, '31 of 1000 shown'],
  ['what is shown first is the newest', `document.querySelector('.images > tbody code').textContent.length > 0`, true],
  [
    'search narrows, in any case and by several words',
    `(() => { const search = document.getElementById('search'); search.value = 'TEAM-1 windows'; search.dispatchEvent(new Event('input')); const text = shown.textContent; search.value = ''; search.dispatchEvent(new Event('input')); return text; })()`,
    undefined,
  ],
  [
    'order by name sorts within each wave',
    `(() => { const order = document.getElementById('order'); order.value = 'name'; order.dispatchEvent(new Event('change')); return [...document.querySelectorAll('.images')].every((table) => { const names = [...table.tBodies].map(({ dataset }) => dataset.name); return JSON.stringify(names) === JSON.stringify([...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))); }); })()`,
    true,
  ],
  [
    'ticking the box of older ones shows them all, and the button takes that back',
    `(async () => { const box = [...document.querySelectorAll('.filters label')].find(({ textContent }) => textContent.includes('older of its kind')).control; box.click(); const all = shown.textContent; document.querySelector('.filters button').click(); await new Promise((resolve) => setTimeout(resolve)); return [all, shown.textContent].join(', then '); })()`,
    '1000 of 1000 shown, then 31 of 1000 shown',
  ],
];

async function judgeSurvey(page: Page): Promise<void> {
  await atWidth(page, 1400, false);
  await open(page, join(folder, 'survey-1000.html'));
  for (const [what, expression, wanted] of SURVEY_USE) {
    const got = await page.evaluate(expression);
    const fine = wanted === undefined ? /^\d+ of 1000 shown$/.test(String(got)) && !String(got).startsWith('0 ') : got === wanted;
    judge(`survey: ${what}`, fine ? [] : [`it says ${JSON.stringify(got)}`]);
  }
}

/** What the tables of content say in the browser, cell by cell: as content.json has it, which a person has read. */
async function judgeContent(page: Page): Promise<void> {
  const wanted: Readonly<Record<string, readonly Table[]>> = JSON.parse(readFileSync(CONTENT, 'utf8'));
  const shown: Record<string, readonly Table[]> = {};
  for (const name of Object.keys(wanted)) {
    await open(page, join(folder, `${name}.html`));
    shown[name] = await contentTables(page);
    judge(`${name}: its content`, differing(shown[name], wanted[name] ?? []));
  }
  if (process.env.REGILD_PAGES_UPDATE === 'true') writeFileSync(CONTENT, `${JSON.stringify(shown, undefined, 1)}\n`);
}

await withChromium(async (page) => {
  for (const [name, html] of await pages()) await judgePage(page, name, html);
  await judgeSurvey(page);
  await judgeContent(page);
});
for (const { what, findings } of await terminalChecks()) judge(`terminal: ${what}`, findings);
say(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
