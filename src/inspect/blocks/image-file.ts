import type { DiskFile } from '../../ports.ts';
import type { BlockSource } from './block-source.ts';
import { cached } from './cache.ts';

/** Bytes that are read of a file at once. */
const CHUNK = 512 * 1024;

/** The bytes of a file as they lie in it. */
export function fileSource(file: DiskFile): BlockSource {
  return cached({
    size: file.size,
    chunkSize: CHUNK,
    chunk: (index) => file.read(index * CHUNK, Math.min(CHUNK, file.size - index * CHUNK)),
  });
}
