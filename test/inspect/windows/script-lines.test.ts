import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { compareInventories } from '../../../src/inspect/compare/index.ts';
import { machineInventory } from '../../../src/inspect/machine-inventory.ts';
import { takeWindowsInventory } from '../../../src/inspect/windows/take-windows-inventory.ts';
import { memoryTree } from '../../fakes/memory-tree.ts';
import { COMPANY_WINDOWS, WITH_SQL_SERVER } from './company-windows.ts';

const catalog = await loadCatalog();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const FIREWALL = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';

/**
 * What `inventory-lines.ps1` prints in a machine that holds COMPANY_WINDOWS, written by hand after the script: no test runs it, since that takes a Windows.
 * One line of each kind that it has.
 */
const PRINTED: readonly (readonly (string | number)[])[] = [
  ['regild-inventory', 1],
  ['system', 'family', 'windows'],
  ['system', 'id', 'windows-server'],
  ['system', 'version', '2022'],
  ['system', 'name', 'Windows Server 2022 Datacenter'],
  ['system', 'architecture', 'x64'],
  ['system', 'locale', 'en-US'],
  ['system', 'timeZone', 'W. Europe Standard Time'],
  ['system', 'hostNamePattern', 'WEB-###'],
  ['windows', 'edition', 'ServerDatacenter'],
  ['windows', 'installationType', 'Server'],
  ['windows', 'build', '20348.2322'],
  ['windows', 'language', 'en-US'],
  ['windows', 'imageState', 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE'],
  ['package', 'program', 'Amazon SSM Agent', '3.3.131.0', '', ''],
  ['package', 'program', 'Shop Server', '4.2', '', ''],
  ['package', 'program', 'Old Tool', '1.0', 'x86', ''],
  ['service', 'AmazonSSMAgent', 'enabled'],
  ['service', 'Shop', 'enabled'],
  ['service', 'Spooler', 'disabled'],
  ['driver', 'AWSNVMe'],
  ['feature', 'Web-Server'],
  ['hotfix', 'KB5034439'],
  ['task', '\\Amazon EC2Launch - Instance Initialization'],
  ['task', '\\Shop\\Nightly'],
  ['sql', 'MSSQLSERVER', 'Standard Edition', '16.0.4135.4'],
  ['account', 'Administrator', 500, 513, 'C:\\Users\\Administrator', '', 'set', 0],
  ['account', 'Guest', 501, 513, 'C:\\Users\\Guest', '', 'locked', 0],
  ['account', 'shop', 1001, 513, 'C:\\Users\\shop', '', 'set', 0],
  ['setting', 'firewall', 'domain profile', 'on', `${FIREWALL}\\DomainProfile`],
  ['setting', 'firewall', 'private profile', 'on', `${FIREWALL}\\StandardProfile`],
  ['setting', 'firewall', 'public profile', 'off', `${FIREWALL}\\PublicProfile`],
  ['setting', 'firewall', 'rule shop', 'Action=Allow Dir=In Protocol=6 LPort=8443 App=C:\\shop\\shop.exe', `${FIREWALL}\\FirewallRules`],
  ['setting', 'ntp', '169.254.169.123', 'server', 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters'],
  ['setting', 'environment', 'AWS_SECRET_ACCESS_KEY', 'set', 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment'],
  ['setting', 'environment', 'SHOP', 'set', 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment'],
  ['content', 'unowned', 'C:\\setup.log', 'file', 4, '0755', '0:0', sha256('done')],
  ['content', 'unowned', 'C:\\sites', 'link', 0, '0755', '0:0', '/shop/data'],
  [...['content', 'unowned', 'C:\\shop', 'tree', 9, '0755', '0:0'], sha256('C:\\shop\\data\\settings.json\t2\nC:\\shop\\shop.exe\t7\n'), 2],
  ['end'],
];

const source = { kind: 'machine', name: 'inventory.tsv', simulated: false } as const;
const machine = machineInventory(Buffer.from(PRINTED.map((fields) => `${fields.join('\t')}\r\n`).join('')), source, catalog);
const disk = await takeWindowsInventory(
  memoryTree({ ...COMPANY_WINDOWS, '/Windows/System32/config/SOFTWARE': WITH_SQL_SERVER, '/sites': { link: '/shop/data' } }),
  { source: { kind: 'disk', name: 'disk.raw', simulated: false } },
  catalog,
);

test('what the script prints of a system is what is read of its disk, kind for kind', () => {
  const { differences, equal } = compareInventories(disk, machine, { between: 'same', catalog, allow: [] });
  expect(differences).toEqual([]);
  expect(Object.fromEntries(Object.entries(equal).filter(([, count]) => count > 0))).toEqual({
    ...{ system: 9, package: 3, service: 3, feature: 2, driver: 1, task: 2, hotfix: 1, account: 3, setting: 7, content: 3 },
  });
});

test('what no comparison looks at is the same too, but for what only a disk or the registry’s hives say', () => {
  const told = ({ packages, accounts, content, windows, system }: typeof disk) => ({
    packages: packages.map(({ name, architecture }) => [name, architecture]),
    accounts: accounts.map(({ name, gid, keys }) => [name, gid, keys]),
    content: content
      .filter(({ origin }) => origin === 'unowned')
      .map(({ path, kind, files, sha256: digest }) => [path, kind, files, digest]),
    ...{ windows, system },
  });
  expect(told(machine)).toEqual(told(disk));
  // The script asks for no hash: an account without a password is one with it there.
  expect(accountsWithout(disk)).toEqual(['shop']);
  expect(accountsWithout(machine)).toEqual([]);
});

function accountsWithout({ accounts }: typeof disk): readonly string[] {
  return accounts.filter(({ password }) => password === 'empty').map(({ name }) => name);
}

test('every line of the script is one of these, with as many fields', () => {
  const script = readFileSync(join(import.meta.dirname, '../../../scripts/windows/inventory-lines.ps1'), 'utf8');
  const calls = [...script.matchAll(/Write-Line ('[^\n]*)/g)].flatMap(([, rest = '']) => rest.split(/; Write-Line /)).map(fieldsOf);
  const written = new Set(calls.map((fields) => shapeOf(fields[0] ?? '', fields.length)));
  const sample = new Set(PRINTED.slice(1, -1).map((fields) => shapeOf(String(fields[0]), fields.length)));
  expect([...written].sort()).toEqual([...sample].sort());
  expect(calls.length).toBeGreaterThan(25);
});

function shapeOf(kind: string, fields: number): string {
  return `${kind} of ${fields}`;
}

/** The arguments of a call up to its end: what is in brackets or quotes is part of one. */
function fieldsOf(call: string): readonly string[] {
  const fields = [''];
  let depth = 0;
  let quote = '';
  for (const letter of call) {
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === "'" || letter === '"') quote = letter;
    else if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    if (depth < 0) break;
    if (letter === ',' && depth === 0 && quote === '') fields.push('');
    else fields[fields.length - 1] += letter;
  }
  return fields.map((field) => field.trim().replace(/^'(.*)'$/, '$1'));
}
