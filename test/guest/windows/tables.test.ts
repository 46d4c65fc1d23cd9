import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { agentTable, answerTable, checkTable, componentTable } from '../../../src/guest/tables.ts';

/** What the scripts of Windows read is what a build delivers: they run in strict mode, where a property that is not there ends the script. */
const FOLDER = new URL('../../../scripts/windows/', import.meta.url);
const script = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');
const catalog = await loadCatalog();
const components = catalog.components.filter(({ os }) => os === 'windows');
const delivered: readonly Readonly<Record<string, unknown>>[] = JSON.parse(
  componentTable(
    'windows',
    catalog,
    components.map(({ id, title }) => ({ id, title, action: 'remove', reason: '' })),
  ).content,
);

test('every property that is asked of a component is there, of each', () => {
  const names = ['lib/components.ps1', 'remove-aws.ps1', ...readdirSync(new URL('checks/', FOLDER)).map((name) => `checks/${name}`)];
  const asked = names.flatMap((name) => [...script(name).matchAll(/\$Component\.(\w+)/gi)].map(([, property = '']) => property));
  const filtered = [...script('lib/components.ps1').matchAll(/\$_\.(action|leftover|phase|id)\b/g)].map(([, property = '']) => property);
  expect(new Set([...asked, ...filtered]).size).toBeGreaterThan(14);
  const missing = delivered.flatMap((component) => [...new Set([...asked, ...filtered])].filter((name) => !(name in component)));
  expect(missing).toEqual([]);
});

test('what is said of texts in files has both of its parts, and a replacement in words of .NET', () => {
  const rules = components.flatMap(({ detect, edits = [] }) => [...(detect.contents ?? []), ...edits]);
  expect(rules.filter(({ files, pattern }) => files.length === 0 || pattern === '')).toEqual([]);
  expect(components.flatMap(({ edits = [] }) => edits).filter(({ replacement = '' }) => /\\\d/.test(replacement))).toEqual([]);
});

/** `KEY`, `KEY!value` or `KEY!value=expression` (lib/registry.ps1): split at the first `!`, then at the first `=`. */
test('every entry of the registry is a key that is reached, a value by name, and an expression', () => {
  const agents = catalog.agents.filter(({ os }) => os === 'windows').flatMap(({ identity }) => identity.map(({ path }) => path));
  const entries = [...components.flatMap(({ detect }) => detect.registry), ...agents.filter((path) => path.startsWith('HK'))];
  expect(entries.length).toBeGreaterThan(25);
  const odd = entries.filter((entry) => {
    const [, key = '', name, expression] = /^([^!]*)(?:!([^=]*)(?:=(.*))?)?$/.exec(entry) ?? [];
    return !/^HK(LM|U)\\\S/.test(key) || key.endsWith('\\') || name === '' || expression === '' || /[*?]/.test(key);
  });
  expect(odd).toEqual([]);
});

/** Variables that every Windows has: a path with another is passed over without a word (Get-RegildItems). */
test('every path starts at a drive or at a folder that Windows knows, and holds no range of letters', () => {
  const known = /^(%(ProgramFiles|ProgramFiles\(x86\)|ProgramData|SystemRoot|WINDIR|SystemDrive|PUBLIC|ALLUSERSPROFILE)%|[A-Z]:)\\/i;
  const paths = [
    ...components.flatMap(({ detect, removePaths }) => [...detect.paths, ...removePaths]),
    ...components.flatMap(({ detect, edits = [] }) => [...(detect.contents ?? []), ...edits].flatMap(({ files }) => files)),
    ...catalog.agents.filter(({ os }) => os === 'windows').flatMap(({ identity }) => identity.map(({ path }) => path)),
    ...catalog.leakRules.filter(({ os }) => os === 'windows').flatMap(({ paths: each }) => each.flatMap(({ globs }) => globs)),
  ].filter((path) => !path.startsWith('HK'));
  expect(paths.length).toBeGreaterThan(100);
  expect(paths.filter((path) => !known.test(path) || path.includes('['))).toEqual([]);
});

test('a line of each table has the columns that are read', () => {
  const columns = (text: string) =>
    new Set(
      text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => line.split('\t').length),
    );
  expect(columns(checkTable(catalog.checks).content)).toEqual(new Set([3]));
  expect(columns(agentTable('windows', catalog.agents).content.replaceAll(/^.*\tsays\t.*\n/gm, ''))).toEqual(new Set([4]));
  expect(columns(answerTable([{ id: 'SW-06', item: 'C:\\a b', reason: 'why' }]).content)).toEqual(new Set([3]));
});

/** MS-RDPBCGR 2.2.1.1: a TPKT header, an X.224 connection request, and a negotiation request for TLS and CredSSP; lengths count from their own first byte. */
test('what Remote Desktop is asked by is a connection request of its protocol', () => {
  const [, bytes = ''] = /\[byte\[\]\] \$request = ([0-9a-fx, ]+)/.exec(script('checks/azw-24-rdp-handshake.ps1')) ?? [];
  const negotiation = [0x01, 0x00, 0x08, 0x00, 0x01 | 0x02, 0x00, 0x00, 0x00];
  const request = [0xe0, 0x00, 0x00, 0x00, 0x00, 0x00, ...negotiation];
  const packet = [request.length, ...request];
  expect(bytes.split(',').map(Number)).toEqual([0x03, 0x00, 0x00, packet.length + 4, ...packet]);
});

/** The constants of the registry that Azure's page on preparing a Windows disk names, as configure.ps1 sets them. */
test('the settings of Remote Desktop, of disks and of the clock are those of Microsoft', () => {
  const set = [...script('configure.ps1').matchAll(/Set-RegildValue \$?"?([^\s"]+)"? '(\w+)' (\d+)/g)].map(
    ([, , name, value]) => `${name}=${value}`,
  );
  expect(set).toEqual([
    'RealTimeIsUniversal=1',
    'Enabled=1',
    'fDenyTSConnections=0',
    'PortNumber=3389',
    'LanAdapter=0',
    'UserAuthentication=1',
    'fDisableAutoReconnect=0',
    'fDenyTSConnections=0',
    'Start=1',
    'SanPolicy=1',
  ]);
});
