import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { guestFamily } from '../../src/guest/system.ts';
import { guestEnvironment } from '../../src/guest/tables.ts';
import { GuestFamily } from '../../src/model/index.ts';

const { releases } = await loadCatalog();

describe('the family of a system', () => {
  test.each([
    ['ubuntu', '24.04', 'debian'],
    ['rhel', '9', 'redhat'],
    ['sles', '15-sp6', 'suse'],
    ['sle-micro', '6.0', 'transactional'],
    ['opensuse', '42.3', 'suse'],
    ['opensuse', '16.0', 'suse'],
    ['azure-linux', '4', 'azurelinux'],
    ['azure-linux', '3', 'azurelinux'],
    ['freebsd', '14', 'none'],
    ['flatcar', 'rolling', 'none'],
    ['ubuntu', 'a version that the catalog lacks', 'debian'],
    ['freebsd', 'a version that the catalog lacks', 'none'],
    ['a distribution that the catalog lacks', '1', 'none'],
  ])('%s %s: %s', (distro, version, family) => expect(guestFamily({ distro, version }, releases, 'linux')).toBe(family));

  test('Windows is one, whatever the catalog has of it', () => {
    expect(guestFamily({ distro: 'unknown', version: 'unknown' }, releases, 'windows')).toBe('windows');
  });
});

test('a release of a family has the package manager that its scripts use', () => {
  const managers = new Map([
    ['debian', ['apt']],
    ['redhat', ['dnf', 'yum']],
    ['suse', ['zypper']],
    ['transactional', ['zypper']],
    ['azurelinux', ['tdnf', 'dnf']],
    ['windows', ['none']],
  ]);
  const odd = releases.filter(({ guest, packageManager }) => guest !== 'none' && !managers.get(guest)?.includes(packageManager));
  expect(odd.map(({ id }) => id)).toEqual([]);
});

test('the releases of one distribution are of one family', () => {
  const families = Map.groupBy(releases, ({ distro }) => distro);
  const mixed = [...families].filter(([, own]) => new Set(own.map(({ guest }) => guest)).size > 1);
  expect(mixed.map(([distro]) => distro)).toEqual([]);
});

test('the family travels as a line of shell; Windows is told none', () => {
  expect(guestEnvironment('suse')).toEqual([{ path: 'guest.env', content: 'REGILD_FAMILY=suse\n' }]);
  expect(guestEnvironment('windows')).toEqual([]);
});

test('with it travels the system that the plan was made for', () => {
  const planned = { ids: ['rhel', 'redhat'], version: '9.4', title: 'RHEL 9', architecture: 'arm64' } as const;
  expect(guestEnvironment('redhat', planned)).toEqual([
    { path: 'guest.env', content: "REGILD_FAMILY=redhat\nREGILD_SYSTEMS='rhel redhat'\nREGILD_MAJOR=9\nREGILD_MACHINE=aarch64\n" },
  ]);
});

test('Windows is told by which name and processor it is the planned one', () => {
  const planned = { ids: ['windows-server'], version: '2012', title: 'Windows Server 2012', architecture: 'x64' } as const;
  expect(guestEnvironment('windows', planned).map(({ path, content }) => [path, JSON.parse(content)])).toEqual([
    ['system.json', { title: 'Windows Server 2012', caption: 'Windows Server 2012(?![.\\d])(?! R2)', processor: 9 }],
  ]);
});

// Captions as Windows gives them: learn.microsoft.com on win32-operatingsystem, and threads that quote it.
test.each([
  ['Microsoft Windows Server 2008 R2 Datacenter ', ['windows-server-2008-r2']],
  ['Microsoft Windows Server 2012 Datacenter', ['windows-server-2012']],
  ['Microsoft Windows Server 2012 R2 Standard', ['windows-server-2012-r2']],
  ['Microsoft Windows Server 2016 Datacenter', ['windows-server-2016']],
  ['Microsoft Windows Server 2019 Datacenter', ['windows-server-2019']],
  ['Microsoft Windows Server 2022 Datacenter Azure Edition', ['windows-server-2022']],
  ['Microsoft Windows Server 2025 Datacenter', ['windows-server-2025']],
  ['Microsoft Windows 10 Enterprise for Virtual Desktops', ['windows-client-10']],
  ['Microsoft Windows 11 Enterprise multi-session', ['windows-client-11']],
  ['Майкрософт Windows 10 Pro', ['windows-client-10']],
])('%s is the guest of %j alone', (caption, ids) => {
  const takes = releases
    .filter(({ guest, onAzure }) => guest === 'windows' && onAzure)
    .filter((release) => new RegExp(captionOf(release), 'i').test(caption));
  expect(takes.map(({ id }) => id)).toEqual(ids);
});

function captionOf({ distro, version, title }: (typeof releases)[number]): string {
  const [file] = guestEnvironment('windows', { ids: [distro], version, title, architecture: 'x64' });
  return JSON.parse(file?.content ?? '').caption;
}

test('every family is one that the guest takes, and that the docs name', async () => {
  const [script, page] = await Promise.all(
    ['scripts/linux/lib/system.sh', 'docs/explanation/guest.md'].map((path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')),
  );
  const inGuest = GuestFamily.options.filter((family) => family !== 'windows' && family !== 'none');
  expect(script).toContain(`\n  ${inGuest.join(' | ')}) ;;\n`);
  expect([...(page?.matchAll(/^\| `([a-z]+)` \| [A-Z]/gm) ?? [])].map(([, family]) => family)).toEqual(GuestFamily.options);
});

test('families are told apart in scripts/linux/lib alone', async () => {
  const folder = new URL('../../scripts/linux/', import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.sh') && !path.startsWith('lib/'));
  const texts = await Promise.all(files.map(async (path) => ({ path, text: await readFile(new URL(path, folder), 'utf8') })));
  expect(texts.filter(({ text }) => /(case|\[) "?\$\{?REGILD_FAMILY/.test(text)).map(({ path }) => path)).toEqual([]);
});
