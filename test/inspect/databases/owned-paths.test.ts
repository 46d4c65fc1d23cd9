import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { joinedPaths, OwnedPathTable } from '../../../src/inspect/databases/owned-paths.ts';

const md5 = (text: string) => ({ algorithm: 'md5', hex: createHash('md5').update(text).digest('hex') }) as const;

test('a path is of the package that was introduced last, in whichever order packages tell, and has the digest of that one', () => {
  const table = new OwnedPathTable();
  const [old, young] = [table.introduce('old'), table.introduce('young')];
  table.addDigest('/etc/both', young, md5('young'));
  table.add('/etc/both', young);
  table.add('/etc/both', old);
  table.addDigest('/etc/both', old, md5('old'));
  table.addDigest('/etc/first', old, md5('old'));
  table.add('/etc/first', young);
  table.addDigest('/etc/nobodys', old, md5('nobody'));
  expect([...table]).toEqual([
    ['/etc/both', { package: 'young', digest: md5('young') }],
    ['/etc/first', { package: 'young' }],
  ]);
  expect([table.size, table.get('/etc/nobodys'), table.get('/etc')]).toEqual([2, undefined, undefined]);
});

test('the first digest that a package has of a path stands, and one that is none is passed over', () => {
  const table = new OwnedPathTable();
  const owner = table.introduce('shop');
  table.add('/opt/shop/café ☕', owner);
  for (const hex of ['', 'ab', `${'0'.repeat(31)}g`, '0'.repeat(40)])
    table.addDigest('/opt/shop/café ☕', owner, { algorithm: 'md5', hex });
  expect(table.get('/opt/shop/café ☕')).toEqual({ package: 'shop' });
  table.addDigest('/opt/shop/café ☕', owner, md5('packed'));
  table.addDigest('/opt/shop/café ☕', owner, md5('again'));
  expect(table.get('/opt/shop/café ☕')).toEqual({ package: 'shop', digest: md5('packed') });
  expect([md5('packed'), md5('again'), md5('other')].map(({ hex }) => table.hasDigest(hex))).toEqual([true, false, false]);
});

test('twenty thousand paths, one of them longer than a page, are found again, and no other', () => {
  const table = new OwnedPathTable();
  const owners = ['a', 'b', 'c'].map((name) => table.introduce(name));
  const long = `/${'x'.repeat(300_000)}`;
  const paths = [...Array.from({ length: 20_000 }, (_, index) => `/usr/share/${index % 97}/${index}`), long];
  for (const [index, path] of paths.entries()) {
    const owner = owners[index % 3] ?? 0;
    table.add(path, owner);
    table.addDigest(path, owner, { algorithm: 'sha256', hex: createHash('sha256').update(path).digest('hex') });
  }
  expect([...table].map(([path]) => path)).toEqual(paths);
  expect(table.get(long)?.package).toBe('c');
  expect(table.get('/usr/share/96/19496')).toEqual({
    package: 'c',
    digest: { algorithm: 'sha256', hex: createHash('sha256').update('/usr/share/96/19496').digest('hex') },
  });
  expect(table.get('/usr/share/96/19497')).toBeUndefined();
});

test('of two package managers the second says whose a path is that both claim', () => {
  const [deb, rpm] = [new OwnedPathTable(), new OwnedPathTable()];
  deb.add('/etc/shared', deb.introduce('deb'));
  rpm.add('/etc/shared', rpm.introduce('rpm'));
  deb.add('/etc/deb', 1);
  deb.addDigest('/etc/deb', 1, md5('deb'));
  const both = joinedPaths([deb, rpm]);
  expect([[...both].map(([path]) => path), both.size]).toEqual([['/etc/deb', '/etc/shared'], 2]);
  expect([both.get('/etc/shared'), both.get('/etc/deb'), both.hasDigest(md5('deb').hex)]).toEqual([
    { package: 'rpm' },
    { package: 'deb', digest: md5('deb') },
    true,
  ]);
  expect([joinedPaths([new OwnedPathTable(), rpm]), joinedPaths([deb, new OwnedPathTable()])]).toEqual([rpm, deb]);
});
