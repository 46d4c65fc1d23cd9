import { readFile } from 'node:fs/promises';
import { loadCatalog } from '../../src/catalog/load.ts';
import { checkScript } from '../../src/validate/check-script.ts';

/** Prints the script that validation sends to a booted machine, with every check of that stage: `node render-checks.ts <components.tsv> <digest>`. */
const [table = '', digest = ''] = process.argv.slice(2);
const own = (name: string) => readFile(new URL(`../../scripts/linux/${name}.sh`, import.meta.url), 'utf8');
const [lib, checks, record, components, catalog] = await Promise.all([
  own('lib'),
  own('checks'),
  own('record'),
  readFile(table, 'utf8'),
  loadCatalog(),
]);
const asked = catalog.checks.filter(
  ({ os, stages, distros }) => os === 'linux' && stages.includes('test-vm') && (distros?.includes('debian') ?? true),
);
const ids = asked.map(({ id }) => id);
process.stdout.write(checkScript('linux', { lib, checks, record, components }, ids, digest));
