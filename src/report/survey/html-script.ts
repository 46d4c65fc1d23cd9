import { type Markup, markup } from '../markup.ts';

/** What the survey's page does where scripts may run: search, order, and how many are shown. Without it the check boxes still filter. */
export const SCRIPT = `
const tools = document.getElementById('tools');
const search = document.getElementById('search');
const order = document.getElementById('order');
const shown = document.getElementById('shown');
const entries = [...document.querySelectorAll('.images > tbody')];
const texts = new Map(entries.map((entry) => [entry, entry.rows[0].textContent.toLowerCase()]));
const count = () => {
  const seen = entries.filter((entry) => getComputedStyle(entry).display !== 'none').length;
  shown.textContent = seen + ' of ' + entries.length + ' shown';
};
const find = () => {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const entry of entries) entry.hidden = !words.every((word) => texts.get(entry).includes(word));
  count();
};
const key = (entry) => entry.dataset[order.value] || '';
const sort = () => {
  const down = order.value === 'created' || order.value === 'used';
  const sorted = [...entries].sort((a, b) => (down ? -1 : 1) * key(a).localeCompare(key(b), 'en', { numeric: true }));
  for (const entry of sorted) entry.parentElement.append(entry);
};
tools.hidden = false;
search.addEventListener('input', find);
order.addEventListener('change', sort);
document.querySelector('.filters')?.addEventListener('change', count);
document.querySelector('.filters')?.addEventListener('reset', () => setTimeout(count));
count();
`;

/** The fields that the script reads; hidden until it runs, since they do nothing without it. */
export const TOOLS: Markup = markup`<div id="tools" hidden><label>search <input type="search" id="search" placeholder="name, id, system, base"></label>
<label>order <select id="order"><option value="created">newest first</option><option value="name">by name</option><option value="system">by system</option><option value="used">most used first</option></select></label>
<span id="shown" role="status"></span></div>
`;
