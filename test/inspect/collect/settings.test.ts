import { expect, test } from 'vitest';
import { collectAccounts, collectSudo } from '../../../src/inspect/collect/accounts.ts';
import { ownershipOf } from '../../../src/inspect/collect/ownership.ts';
import { collectCron } from '../../../src/inspect/collect/services.ts';
import { collectSettings } from '../../../src/inspect/collect/settings.ts';
import { OwnedPathTable } from '../../../src/inspect/databases/owned-paths.ts';
import { memoryTree } from '../../fakes/memory-tree.ts';

test('a value of the kernel holds its signs, a comment begins with either sign, and hidden files are not read', async () => {
  const tree = memoryTree({
    '/etc/sysctl.d/50.conf': '; comment = too\n# comment = one\n kernel.core_pattern = |/usr/bin/x --a=b %p\n-net.absent=1\nnet.empty =\n',
    '/etc/sysctl.d/.hidden.conf': 'vm.hidden = 1\n',
  });
  const settings = await collectSettings(tree);
  expect(settings.map(({ name, value }) => [name, value])).toEqual([
    ['-net.absent', '1'],
    ['kernel.core_pattern', '|/usr/bin/x --a=b %p'],
  ]);
});

test('cron reads no file whose name begins with a dot', async () => {
  const line = '* * * * * root true\n';
  const tree = memoryTree({ '/etc/cron.d/shop': line, '/etc/cron.d/.shop.swp': line, '/etc/cron.daily/.placeholder': '# keep\n' });
  const found = await collectCron(tree, ownershipOf({ whole: true, owned: new OwnedPathTable() }));
  expect(found.map(({ path, jobs }) => [path, jobs])).toEqual([['/etc/cron.d/shop', 1]]);
});

test('sudo passes by names with a dot, and with ~ at their end alone', async () => {
  const tree = memoryTree({
    '/etc/sudoers.d/a~b': 'odd ALL=(ALL) ALL\n',
    '/etc/sudoers.d/backup~': 'backup ALL=(ALL) ALL\n',
    '/etc/sudoers.d/x.bak': 'bak ALL=(ALL) ALL\n',
  });
  expect(await collectSudo(tree)).toEqual([{ path: '/etc/sudoers.d/a~b', rule: 'odd ALL=(ALL) ALL' }]);
});

test('a password that /etc/passwd holds itself, and a last line without an end', async () => {
  const tree = memoryTree({
    '/etc/passwd': 'open::1003:1003::/home/open:/bin/sh\nlast:x:1004:1004::/home/last:/bin/sh',
    '/etc/shadow': 'last::1::::::',
  });
  expect((await collectAccounts(tree)).map(({ name, password }) => [name, password])).toEqual([
    ['last', 'empty'],
    ['open', 'empty'],
  ]);
});
