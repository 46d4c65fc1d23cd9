import { type FileHandle, open } from 'node:fs/promises';
import { RegildError } from '../errors.ts';
import type { DiskFile, DiskFiles } from '../ports.ts';

/** Disk images, and block devices, of this machine. */
export function createDiskFiles(): DiskFiles {
  return { open: openDiskFile };
}

async function openDiskFile(path: string): Promise<DiskFile> {
  const handle = await openToRead(path);
  const size = await sizeOf(handle);
  return {
    size,
    read: (offset, length) => readAt(handle, path, offset, length),
    close: () => handle.close(),
  };
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw new RegildError('FILE_NOT_FOUND', `cannot open the disk ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'give the path of a disk image that this user may read: raw, VHD, VMDK or qcow2',
      cause: error,
    });
  }
}

/** A block device says 0 as its size: its end is found by halving. */
async function sizeOf(handle: FileHandle): Promise<number> {
  const stat = await handle.stat();
  if (!stat.isBlockDevice()) return stat.size;
  const byte = Buffer.alloc(1);
  let low = 0;
  let high = 2 ** 50;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { bytesRead } = await handle.read(byte, 0, 1, middle);
    if (bytesRead === 1) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function readAt(handle: FileHandle, path: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) throw new RegildError('FILE_INVALID', `the disk ${path} ended at byte ${offset + done} while it was read`);
    done += bytesRead;
  }
  return bytes;
}
