import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type BlockSource, checkRange } from '../../../src/inspect/blocks/block-source.ts';
import type { DiskFile } from '../../../src/ports.ts';

/** The bytes of a disk that make.sh made. */
export function fixture(name: string): Buffer {
  return fixtureFile(`${name}.img`);
}

/** A file that make.sh made, unpacked. */
export function fixtureFile(name: string): Buffer {
  return gunzipSync(readFileSync(join(import.meta.dirname, `${name}.gz`)));
}

/** Bytes in memory as a file. */
export function memoryFile(bytes: Buffer): DiskFile {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length), close: async () => {} };
}

/** What the kernel said of the nodes of that disk, as `describeFolder` words it. */
export function kernelNodes(name: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(import.meta.dirname, `${name}.nodes.json`), 'utf8'));
}

/** Bytes in memory as a source. */
export function memorySource(bytes: Buffer): BlockSource {
  return {
    size: bytes.length,
    async read(offset, length) {
      checkRange(bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
  };
}
