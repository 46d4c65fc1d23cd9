/**
 * count-blocks.ts <image> — takes the inventory of a disk as from a snapshot, in blocks of 512 KiB, and prints in its last line: blocks that were read, of how
 * many that are not zeroes, their share in percent, how many twice, calls of EBS direct (one of them lists), and seconds where each call takes 20 ms. It judges
 * nothing.
 */
import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createDiskFiles } from '../../src/adapters/disk-file.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { cached } from '../../src/inspect/blocks/cache.ts';
import { KEPT } from '../../src/inspect/blocks/snapshot.ts';
import { inventoryOfDisk } from '../../src/inspect/disk-inventory.ts';
import { openDisk } from '../../src/inspect/open-disk.ts';

/** A part of the image file, as `qemu-img map` tells it: a hole has no data. */
interface Extent {
  readonly start: number;
  readonly length: number;
  readonly data: boolean;
}

const BLOCK = 524288;
/** What a call of EBS direct takes (ms). */
const CALL = 20;
const [image = ''] = process.argv.slice(2);
const file = await createDiskFiles().open(image);
const catalog = await loadCatalog();
const reads: number[] = [];
const chunk = (index: number) => file.read(index * BLOCK, Math.min(BLOCK, file.size - index * BLOCK));
const counted = async (index: number) => {
  const bytes = await chunk(index);
  const isEmpty = bytes.every((byte) => byte === 0);
  if (!isEmpty) {
    reads.push(index);
    await setTimeout(CALL);
  }
  return isEmpty ? undefined : bytes;
};
const started = performance.now();
const disk = await openDisk(cached({ size: file.size, chunkSize: BLOCK, chunk: counted }, KEPT));
const opened = reads.length;
const { packages } = await inventoryOfDisk(disk, { kind: 'disk', name: image, simulated: false }, catalog);
const seconds = (performance.now() - started) / 1000;
const { stdout } = await promisify(execFile)('qemu-img', ['map', '--output=json', '-f', 'raw', image], { maxBuffer: 2 ** 28 });
const written = new Set<number>();
for (const { start, length, data } of JSON.parse(stdout) as readonly Extent[]) {
  for (let index = Math.floor(start / BLOCK); data && index * BLOCK < start + length; index += 1) written.add(index);
}
let allocated = 0;
for (const index of written) if ((await chunk(index)).some((byte) => byte !== 0)) allocated += 1;
await file.close();
const blocks = new Set(reads).size;
const twice = reads.length - blocks;
const share = ((100 * blocks) / allocated).toFixed(2);
process.stdout.write(
  `${packages.length} packages, ${opened} blocks to open the disk\n${`${blocks} of ${allocated}`.padEnd(12)} ${share.padStart(6)}  ${`${twice}`.padStart(5)}  ${`${reads.length + 1}`.padStart(5)}  ${seconds.toFixed(1).padStart(7)}\n`,
);
