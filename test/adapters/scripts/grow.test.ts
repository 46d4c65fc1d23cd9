import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { volumeTable } from '../../../src/guest/tables.ts';
import { placePrograms } from '../../fakes/programs.ts';
import { installed, LINUX, SHELLS } from './shells.ts';

const there = await Promise.all(SHELLS.map(async (shell) => ({ shell, name: shell.join(' '), present: await installed(shell[0]) })));

/** The commands of a system whose root group has 1,000 free extents; what changes something writes itself down. */
const COMMANDS: Readonly<Record<string, string>> = {
  id: 'echo 0',
  findmnt: 'case $4 in /) echo /dev/mapper/rootvg-rootlv ;; /var) echo /dev/mapper/rootvg-varlv ;; *) exit 1 ;; esac',
  mountpoint: 'case $2 in / | /var) exit 0 ;; *) exit 1 ;; esac',
  lvs: 'echo "  rootvg"',
  pvs: 'echo "  /dev/sda4"',
  vgs: 'echo "  1000"',
  lsblk: 'echo sda',
  growpart: 'echo "growpart $*" >>"$DONE"',
  pvresize: 'echo "pvresize $*" >>"$DONE"',
  lvextend: 'echo "lvextend $*" >>"$DONE"',
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regild-grow-'));
  await Promise.all(['lib.sh', 'lib', 'grow.sh'].map((name) => cp(LINUX + name, join(folder, name), { recursive: true })));
  await writeFile(join(folder, 'guest.env'), 'REGILD_FAMILY=redhat\n');
  await mkdir(join(folder, 'bin'));
  placePrograms(join(folder, 'bin'), Object.fromEntries(Object.entries(COMMANDS).map(([name, text]) => [name, `#!/bin/sh\n${text}\n`])));
});
afterEach(() => rm(folder, { recursive: true }));

describe.each(there.filter(({ present }) => present))('grow.sh under $name', ({ shell: [program, ...words] }) => {
  const extended = async () => {
    const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, DONE: join(folder, 'done') };
    const { exitCode, stderr } = await execa(program, [...words, join(folder, 'grow.sh')], { reject: false, env });
    expect({ exitCode, stderr: stderr.includes('error') }).toEqual({ exitCode: 0, stderr: false });
    const done = await readFile(join(folder, 'done'), 'utf8').catch(() => '');
    return done.split('\n').filter((line) => line.startsWith('lvextend'));
  };

  test('without a rule / and /var share the free room', async () => {
    expect(await extended()).toEqual([
      'lvextend --resizefs --extents +500 /dev/mapper/rootvg-rootlv',
      'lvextend --resizefs --extents +500 /dev/mapper/rootvg-varlv',
    ]);
  });

  test('a rule says who gets how much, and what is no volume leaves its share to the first', async () => {
    for (const { path, content } of volumeTable({ '/var': 70, '/': 10, '/data': 20 })) await writeFile(join(folder, path), content);
    expect(await extended()).toEqual([
      'lvextend --resizefs --extents +900 /dev/mapper/rootvg-varlv',
      'lvextend --resizefs --extents +100 /dev/mapper/rootvg-rootlv',
    ]);
  });

  test('nothing grows where nothing is free, nor on a base without LVM', async () => {
    await writeFile(join(folder, 'bin/vgs'), '#!/bin/sh\necho 0\n');
    expect(await extended()).toEqual([]);
    await writeFile(join(folder, 'bin/lvs'), '#!/bin/sh\n:\n');
    expect(await extended()).toEqual([]);
  });
});
