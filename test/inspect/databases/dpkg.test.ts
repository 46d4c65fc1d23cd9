import { expect, test } from 'vitest';
import { readDpkg } from '../../../src/inspect/databases/dpkg.ts';
import { memoryTree } from '../../fakes/memory-tree.ts';

const STATUS = `Package: nginx
Status: install ok installed
Architecture: amd64
Version: 1.22.1-9
Conffiles:
 /etc/nginx/nginx.conf 0123456789abcdef0123456789abcdef
 /etc/nginx/old.conf 1123456789abcdef0123456789abcdef obsolete
Description: a server
 with a description
 .
 of many lines: and a colon

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1

Package: libc6
Status: hold ok installed
Architecture: amd64
Multi-Arch: same
Version: 2.36-9

Package: broken
Status: install ok half-installed
Architecture: all
Version: 3
`;

test("apt marks packages for all architectures under the machine's own", async () => {
  const stanza = (name: string, architecture: string) =>
    `Package: ${name}\nStatus: install ok installed\nArchitecture: ${architecture}\nVersion: 1\n`;
  const database = await readDpkg(
    memoryTree({
      '/var/lib/dpkg/status': [stanza('adduser', 'all'), stanza('tzdata', 'all'), stanza('libc6', 'amd64'), stanza('libc6', 'i386')].join(
        '\n',
      ),
      '/var/lib/apt/extended_states': ['adduser', 'libc6']
        .map((name) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: 1\n`)
        .join('\n'),
    }),
  );
  expect(database?.packages.map(({ name, architecture, reason }) => [name, architecture, reason])).toEqual([
    ['adduser', 'all', 'dependency'],
    ['tzdata', 'all', 'manual'],
    ['libc6', 'amd64', 'dependency'],
    ['libc6', 'i386', 'manual'],
  ]);
});

test('packages that are installed, with their files, digests, marks and times', async () => {
  const database = await readDpkg(
    memoryTree({
      '/var/lib/dpkg/status': STATUS,
      '/var/lib/apt/extended_states': 'Package: libc6\nArchitecture: amd64\nAuto-Installed: 1\n',
      '/var/lib/dpkg/info/nginx.list': {
        content: '/.\n/etc\n/etc/nginx\n/etc/nginx/nginx.conf\n/usr/sbin/nginx\n',
        mtime: 1_700_000_000,
      },
      '/var/lib/dpkg/info/nginx.md5sums': 'ffffffffffffffffffffffffffffffff  usr/sbin/nginx\n',
      '/var/lib/dpkg/info/libc6:amd64.list': { content: '/lib/libc.so.6\n', mtime: 1_600_000_000 },
    }),
  );
  expect(database?.packages).toEqual([
    {
      manager: 'deb',
      name: 'nginx',
      version: '1.22.1-9',
      architecture: 'amd64',
      reason: 'manual',
      installed: '2023-11-14T22:13:20.000Z',
    },
    {
      manager: 'deb',
      name: 'libc6',
      version: '2.36-9',
      architecture: 'amd64',
      reason: 'dependency',
      installed: '2020-09-13T12:26:40.000Z',
    },
  ]);
  expect(Object.fromEntries(database?.owned ?? [])).toEqual({
    '/etc': { package: 'nginx' },
    '/etc/nginx': { package: 'nginx' },
    '/etc/nginx/nginx.conf': { package: 'nginx', digest: { algorithm: 'md5', hex: '0123456789abcdef0123456789abcdef' } },
    '/usr/sbin/nginx': { package: 'nginx', digest: { algorithm: 'md5', hex: 'ffffffffffffffffffffffffffffffff' } },
    '/lib/libc.so.6': { package: 'libc6' },
  });
});

test('a system without apt records no reasons, and one without dpkg has no database', async () => {
  const [first] = (await readDpkg(memoryTree({ '/var/lib/dpkg/status': STATUS })))?.packages ?? [];
  expect(first).toEqual({
    manager: 'deb',
    name: 'nginx',
    version: '1.22.1-9',
    architecture: 'amd64',
    reason: undefined,
    installed: undefined,
  });
  expect(await readDpkg(memoryTree({ '/etc/passwd': '' }))).toBeUndefined();
});

test('an image without apt keeps a file for each package', async () => {
  const tree = memoryTree({
    '/var/lib/dpkg/status.d/base': 'Package: base-files\nVersion: 12\nArchitecture: amd64\n',
    '/var/lib/dpkg/status.d/base.md5sums': '',
  });
  expect((await readDpkg(tree))?.packages.map(({ name, version }) => [name, version])).toEqual([['base-files', '12']]);
});
