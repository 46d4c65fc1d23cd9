import { readFile } from 'node:fs/promises';
import { loadCatalog } from '../../src/catalog/load.ts';
import { checkScript, restartedScript } from '../../src/guest/check-run.ts';

/**
 * Prints the script that validation sends to a booted machine, with every check of that stage: `node render-checks.ts test-vm <components.tsv> <digest>`;
 * or the one that it sends after a restart: `node render-checks.ts restarted`.
 */
const [stage = '', table = '', digest = ''] = process.argv.slice(2);
const own = (name: string) => readFile(new URL(`../../scripts/linux/${name}.sh`, import.meta.url), 'utf8');
const [lib, checks, record, catalog] = await Promise.all([own('lib'), own('checks'), own('record'), loadCatalog()]);
const components = table === '' ? undefined : await readFile(table, 'utf8');
const asked = (wanted: 'test-vm' | 'restarted') =>
  catalog.checks
    .filter(({ os, stages, distros }) => os === 'linux' && stages.includes(wanted) && (distros?.includes('debian') ?? true))
    .map(({ id }) => id);
const texts = { lib, checks, record, components };
process.stdout.write(
  stage === 'restarted' ? restartedScript('linux', texts, asked('restarted')) : checkScript('linux', texts, asked('test-vm'), digest),
);
