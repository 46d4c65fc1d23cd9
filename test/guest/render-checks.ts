import { readFile } from 'node:fs/promises';
import { loadCatalog } from '../../src/catalog/load.ts';
import { checkScript, checkTexts, restartedScript } from '../../src/guest/check-run.ts';
import { OWN_CHECKS } from './own-checks.ts';

/**
 * Prints the script that validation sends to a booted machine, with every check of that stage: `node render-checks.ts test-vm <components.tsv> <digest>
 * <administrator> <file of the private key>`; or the one that it sends after a restart: `node render-checks.ts restarted`.
 */
const [stage = '', table = '', digest = '', user = '', keyFile = ''] = process.argv.slice(2);
const own = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const catalog = await loadCatalog();
const login = keyFile === '' ? undefined : { user, privateKey: await readFile(keyFile, 'utf8') };
const components = table === '' ? undefined : await readFile(table, 'utf8');
const asked = (wanted: 'test-vm' | 'restarted') =>
  catalog.checks
    .filter(({ os, stages, distros }) => os === 'linux' && stages.includes(wanted) && (distros?.includes('debian') ?? true))
    .map(({ id }) => id)
    .concat(OWN_CHECKS.map(({ id }) => id));
const ids = asked(stage === 'restarted' ? 'restarted' : 'test-vm');
const regilds = await checkTexts(
  'linux',
  ids.filter((id) => !OWN_CHECKS.some((check) => check.id === id)),
  own,
);
const checks = new Map([...regilds.checks, ...OWN_CHECKS.map(({ id, text }) => [id, text] as const)]);
const texts = { ...regilds, checks, components, login, family: 'debian' } as const;
process.stdout.write(stage === 'restarted' ? restartedScript('linux', texts, ids) : checkScript('linux', texts, ids, digest));
