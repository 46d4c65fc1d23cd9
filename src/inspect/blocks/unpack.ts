import { promisify } from 'node:util';
import { createZstdDecompress, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';

/** How bytes were packed: zlib with its header, plain deflate, zstd. */
export type Packing = 'zlib' | 'deflate' | 'zstd';

const inflateAll = { zlib: promisify<Buffer, ZlibOptions, Buffer>(inflate), deflate: promisify<Buffer, ZlibOptions, Buffer>(inflateRaw) };

/**
 * Packed bytes as they were, at most `most` of them; what follows them is left alone, since a disk holds whole sectors. Throws RangeError for what cannot
 * be unpacked, and for zlib also for what is larger.
 */
export async function unpack(packing: Packing, packed: Buffer, most: number): Promise<Buffer> {
  try {
    return packing === 'zstd' ? await unpackFrame(packed, most) : await inflateAll[packing](packed, { maxOutputLength: most });
  } catch (error) {
    throw new RangeError(`cannot be unpacked (${packing}): ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Node takes what follows a frame for the next one: the stream is left as soon as there is enough. */
function unpackFrame(packed: Buffer, most: number): Promise<Buffer> {
  const stream = createZstdDecompress({ chunkSize: Math.max(64, most) });
  const pieces: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const finish = () => resolve(Buffer.concat(pieces).subarray(0, most));
    stream.on('data', (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length < most) return;
      finish();
      stream.destroy();
    });
    stream.on('end', finish);
    // What was unpacked before the end of a frame is all there is: btrfs pads with zeroes.
    stream.on('error', (error) => (length > 0 ? finish() : reject(error)));
    stream.end(packed);
  });
}
