import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { loadCatalog } from '../../src/catalog/load.ts';
import { guestSteps } from '../../src/guest/row.ts';
import { agentTable, checkTable, componentTable, guestEnvironment, PROVENANCE } from '../../src/guest/tables.ts';
import { decideComponents } from '../../src/plan/decide-components.ts';

/** Writes the guest's data files and the row of steps into a folder: `node render-tables.ts <folder> [component=remove|keep …]`. */
const [folder = '.', ...answers] = process.argv.slice(2);
const catalog = await loadCatalog();
const chosen = Object.fromEntries(
  answers.map((answer) => [answer.split('=')[0] ?? '', answer.endsWith('=keep') ? ('keep' as const) : ('remove' as const)]),
);
const { decisions } = decideComponents('linux', catalog.components, chosen);
const checks = catalog.checks.filter(({ os, distros }) => os === 'linux' && (distros?.includes('debian') ?? true));
const steps = guestSteps('linux').map((step) => [basename(step.script), ...step.arguments].join(' '));
for (const file of [
  componentTable('linux', catalog, decisions),
  agentTable('linux', catalog.agents),
  checkTable(checks),
  ...guestEnvironment('debian'),
  { path: PROVENANCE, content: `plan\t${'d'.repeat(64)}\nbase\tDebian:debian-12:12-gen2:0.20261101.1\nami\tami-0123456789abcdef0\n` },
  { path: 'steps.txt', content: `${steps.join('\n')}\n` },
]) {
  await writeFile(join(folder, file.path), file.content);
}
