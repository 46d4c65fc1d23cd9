import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { readInstallRecords } from '../../../src/inspect/databases/install-reasons.ts';
import { memoryTree } from '../../fakes/memory-tree.ts';

test("dnf 4: the last word of the history counts, and a name with @ is the installer's own", async () => {
  const database = new DatabaseSync(':memory:');
  database.exec(`
    CREATE TABLE rpm (
      item_id INTEGER UNIQUE NOT NULL,
      name TEXT NOT NULL,
      epoch INTEGER NOT NULL, /* stored as 0 when there is none */
      version TEXT, release TEXT, arch TEXT -- as rpm says it
    );
    CREATE TABLE repo (id INTEGER PRIMARY KEY, repoid TEXT);
    CREATE TABLE trans_item (id INTEGER PRIMARY KEY, trans_id INTEGER, item_id INTEGER, repo_id INTEGER, action INTEGER, reason INTEGER, state INTEGER);
    INSERT INTO rpm VALUES (1, 'nginx', 0, '1', '1', 'x86_64'), (2, 'nginx-core', 0, '1', '1', 'x86_64'), (3, 'kernel', 0, '6', '1', 'x86_64'), (4, 'nginx', 0, '2', '1', 'x86_64');
    INSERT INTO repo VALUES (1, '@System'), (2, 'epel');
    INSERT INTO trans_item VALUES (4, 2, 4, 2, 6, 2, 1), (1, 1, 1, 2, 1, 1, 1), (2, 1, 2, 2, 1, 1, 1), (3, 1, 3, 1, 1, 5, 1);`);
  const records = await readInstallRecords(memoryTree({ '/var/lib/dnf/history.sqlite': new Uint8Array(database.serialize()) }));
  expect(Object.fromEntries(records)).toEqual({
    'nginx.x86_64': { reason: 'manual', origin: 'epel' },
    'nginx-core.x86_64': { reason: 'dependency', origin: 'epel' },
    'kernel.x86_64': { reason: 'manual', origin: undefined },
  });
});

test('dnf 5: both ways of writing its state', async () => {
  const text =
    'version = "1.0"\n[packages]\n"nginx.x86_64" = {reason = "User"}\n"libfoo.x86_64" = {reason = "Dependency"}\n\n[packages."git.noarch"]\nreason = "Group"\n';
  expect(Object.fromEntries(await readInstallRecords(memoryTree({ '/usr/lib/sysimage/libdnf5/packages.toml': text })))).toEqual({
    'nginx.x86_64': { reason: 'manual' },
    'libfoo.x86_64': { reason: 'dependency' },
    'git.noarch': { reason: 'manual' },
  });
});

test('yum: a folder for each package', async () => {
  const folder = (name: string) => `/var/lib/yum/yumdb/${name.slice(0, 1)}/2e9e4a5c-${name}`;
  const tree = memoryTree({
    [`${folder('nginx-core-1.20.1-1.el7-x86_64')}/reason`]: 'dep',
    [`${folder('nginx-core-1.20.1-1.el7-x86_64')}/from_repo`]: 'epel',
    [`${folder('git-2.40-1.amzn2-x86_64')}/reason`]: 'user',
    [`${folder('odd')}/reason`]: 'user',
  });
  expect(Object.fromEntries(await readInstallRecords(tree))).toEqual({
    'git.x86_64': { reason: 'manual', origin: undefined },
    'nginx-core.x86_64': { reason: 'dependency', origin: 'epel' },
  });
});

test('a table that computes is refused, also where comments and quotes hide it', async () => {
  const hidden = [
    "CREATE TABLE rpm (item_id INTEGER /* ' */ GENERATED ALWAYS AS (1) /* ' */, name TEXT, arch TEXT)",
    `CREATE TABLE rpm ("--" INTEGER, item_id INTEGER AS (1), name TEXT, arch TEXT)`,
    'CREATE TABLE rpm ([/*] INTEGER, item_id INTEGER AS (1), name TEXT, arch TEXT)',
    'CREATE VIEW rpm AS SELECT 1 AS item_id',
  ];
  for (const sql of hidden) {
    const database = new DatabaseSync(':memory:');
    database.exec(sql);
    const tree = memoryTree({ '/var/lib/dnf/history.sqlite': new Uint8Array(database.serialize()) });
    await expect(readInstallRecords(tree)).rejects.toThrow('/var/lib/dnf/history.sqlite: rpm is no plain table');
  }
});
