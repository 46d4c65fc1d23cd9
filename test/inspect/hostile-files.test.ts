import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { compareInventories } from '../../src/inspect/compare/index.ts';
import { propose } from '../../src/inspect/propose/index.ts';
import { takeInventory } from '../../src/inspect/take-inventory.ts';
import { takeWindowsInventory } from '../../src/inspect/windows/take-windows-inventory.ts';
import { Inventory } from '../../src/model/index.ts';
import { INVENTORY_FORMATS, renderInventory } from '../../src/report/inventory/index.ts';
import { type MemoryFiles, type MemoryNode, memoryTree } from '../fakes/memory-tree.ts';
import { rounds } from '../rounds.ts';
import { COMPANY_IMAGE } from './company-image.ts';
import { mutate } from './mutate.ts';
import { COMPANY_WINDOWS } from './windows/company-windows.ts';

const catalog = await loadCatalog();
const source = { kind: 'disk', name: 'disk.raw', simulated: false } as const;

/** What a file may be instead of what it should be; a folder has no content. */
const INSTEAD: Readonly<Record<string, (bytes: Uint8Array) => MemoryNode | undefined>> = {
  'a folder': () => undefined,
  'an empty file': () => ({ content: '' }),
  'zeroes, as a crash leaves them': () => ({ content: '\0'.repeat(5000) }),
  'one long line': () => ({ content: 'a'.repeat(300_000) }),
  'a link to itself': () => ({ link: 'self' }),
  'a link to the root': () => ({ link: '/' }),
  'a link to nowhere': () => ({ link: '/nowhere/at/all' }),
  'what cannot be read': () => ({ broken: 'inode 17 has a bad checksum' }),
  'half of it': (bytes) => ({ content: bytes.slice(0, bytes.length >> 1) }),
  'lines of Windows': (bytes) => ({ content: inLatin1(bytes, '\r\n') }),
  'lines of an old Mac': (bytes) => ({ content: inLatin1(bytes, '\r') }),
  'names that JavaScript knows': () => ({ content: '__proto__=1\n__proto__: x\nconstructor toString\n__proto__:x:0:0::/:\n[__proto__]\n' }),
};

function inLatin1(bytes: Uint8Array, end: string): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', end), 'latin1');
}

function bytesOf(node: MemoryFiles[string]): Uint8Array {
  const content = typeof node === 'string' || node instanceof Uint8Array ? node : (node.content ?? '');
  // A copy: it is changed, and the company's files are those of other tests too.
  return typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
}

/** The files with one of them replaced, or with a few of its bytes changed as a seed says. */
function changed(files: MemoryFiles, path: string, kind: number): MemoryFiles {
  const { [path]: node = '', ...rest } = files;
  const makers = Object.values(INSTEAD);
  const make = makers[kind % (makers.length * 2)];
  if (make === undefined) return { ...rest, [path]: mutate(bytesOf(node), kind) };
  const instead = make(bytesOf(node));
  return instead === undefined ? { ...rest, [`${path}/`]: '' } : { ...rest, [path]: instead };
}

test.each([
  ['Linux', COMPANY_IMAGE as MemoryFiles, takeInventory],
  ['Windows', COMPANY_WINDOWS, takeWindowsInventory],
] as const)('%s: whatever a file is instead, there is an inventory, a proposal, a comparison, and a page', async (_, files, take) => {
  const whole = await take(memoryTree(files), { source }, catalog);
  // The eighty pages of the company's site are one like the other.
  const paths = Object.keys(files).filter((path) => !/\/page-[^1]/.test(path));
  const failures: unknown[] = [];
  for (const [at, path] of paths.entries()) {
    for (let round = 0; round < rounds(1, 12); round += 1) {
      const kind = at * 7 + round;
      try {
        const inventory = Inventory.parse(
          JSON.parse(JSON.stringify(await take(memoryTree(changed(files, path, kind)), { source }, catalog))),
        );
        propose(inventory, { target: { id: 'ubuntu', version: '24.04' }, folder: 'content', catalog });
        compareInventories(inventory, whole, { between: 'move', catalog, allow: [] });
        for (const format of INVENTORY_FORMATS.slice(0, rounds(1, INVENTORY_FORMATS.length)))
          renderInventory(inventory, format, { version: '1' });
      } catch (error) {
        failures.push({ path, kind, error });
      }
    }
  }
  expect(failures).toEqual([]);
});
