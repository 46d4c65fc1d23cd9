import { fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import packedDisks from '../world/disks.json' with { type: 'json' };
import type { AwsWorld } from './world.ts';

/** EBS reads and writes snapshots in blocks of this size. */
export const BLOCK_SIZE = 524288;
const GIB = 2 ** 30;

/** A snapshot as the sandbox knows it. */
export interface SandboxSnapshot {
  readonly id: string;
  readonly owner: string;
  readonly state: 'pending' | 'completed';
  readonly tier: 'standard' | 'archive';
  /** Everybody may make volumes from it. */
  readonly isPublic: boolean;
  readonly encrypted: boolean;
  readonly volumeGib: number;
  readonly started: string;
  /** What it holds; empty blocks when absent. */
  readonly disk: SandboxDisk | undefined;
}

/** What a snapshot of the sandbox is like beyond what its AMI says. */
export interface SnapshotSeed {
  readonly state?: SandboxSnapshot['state'];
  readonly tier?: SandboxSnapshot['tier'];
  /** Path of a raw disk image, packed with gzip when it ends so; or the bytes of one that is packed. */
  readonly disk?: string | Uint8Array;
}

/** What snapshots of the AMIs that ship with regild hold (world/disks/), by their ids. */
export const SEEDED_SNAPSHOTS: Readonly<Record<string, SnapshotSeed>> = Object.fromEntries(
  Object.entries(packedDisks).map(([id, disk]) => [id, { disk: Buffer.from(disk, 'base64') }]),
);

/** The blocks of a disk that are not zeroes. */
export interface SandboxDisk {
  /** Bytes. */
  readonly size: number;
  /** Indexes of blocks, ascending. */
  readonly written: readonly number[];
  block(index: number): Uint8Array;
}

/** A snapshot of an AMI of the region; undefined when there is none. Its disk is read when it is first asked for. */
export function findSnapshot(
  world: AwsWorld,
  region: string,
  id: string,
  seeds: ReadonlyMap<string, SnapshotSeed>,
): SandboxSnapshot | undefined {
  for (const { image } of world.images.get(region) ?? []) {
    const mapping = image.BlockDeviceMappings?.find(({ Ebs }) => Ebs?.SnapshotId === id);
    if (!mapping?.Ebs) continue;
    const { state = 'completed', tier = 'standard', disk } = seeds.get(id) ?? {};
    const opened = disk === undefined ? undefined : diskOf(disk);
    return {
      ...{ id, state, tier },
      owner: image.OwnerId,
      isPublic: image.Public,
      encrypted: mapping.Ebs.Encrypted ?? false,
      volumeGib: Math.max(mapping.Ebs.VolumeSize ?? 0, Math.ceil((opened?.size ?? 0) / GIB)),
      started: image.CreationDate,
      disk: opened,
    };
  }
  return undefined;
}

const disks = new Map<string | Uint8Array, SandboxDisk>();

function diskOf(place: string | Uint8Array): SandboxDisk {
  const known = disks.get(place);
  if (known) return known;
  const disk = openedDisk(place);
  disks.set(place, disk);
  return disk;
}

function openedDisk(place: string | Uint8Array): SandboxDisk {
  if (typeof place !== 'string') return imageInMemory(place);
  return place.endsWith('.gz') ? imageInMemory(readFileSync(place)) : imageInFile(place);
}

function imageInMemory(packed: Uint8Array): SandboxDisk {
  const { size, written, blocks } = writtenBlocks(unpacked(packed));
  return { size, written, block: (index) => blocks.get(index) ?? ZEROES };
}

/** A packed disk is nearly all zeroes: what was written of it is copied, so that the rest can go. */
function writtenBlocks(image: Buffer) {
  const { size, written, block } = toDisk(image.length, (at) => image.subarray(at, at + BLOCK_SIZE));
  return { size, written, blocks: new Map(written.map((index) => [index, Buffer.from(block(index))])) };
}

/** gzip's last four bytes say how long the text was (RFC 1952): unpacked in one piece, no second copy is made of its parts. */
function unpacked(packed: Uint8Array): Buffer {
  const { byteLength } = packed;
  const length = new DataView(packed.buffer, packed.byteOffset, byteLength).getUint32(byteLength - 4, true);
  return gunzipSync(packed, { chunkSize: Math.max(length, MINIMUM_CHUNK) });
}

/** The smallest piece that zlib takes (Node's Z_MIN_CHUNK). */
const MINIMUM_CHUNK = constants.Z_MIN_CHUNK;

/** A raw disk stays in its file, which is open as long as the process: a root is larger than what one read gives. */
function imageInFile(path: string): SandboxDisk {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  return toDisk(size, (at) => {
    const bytes = Buffer.alloc(Math.min(BLOCK_SIZE, size - at));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, at));
  });
}

const ZEROES = Buffer.alloc(BLOCK_SIZE);

/** The blocks of an image, which gives up to a block of bytes from a place on; the last one is filled up with zeroes. */
function toDisk(size: number, from: (at: number) => Buffer): SandboxDisk {
  const part = (index: number) => from(index * BLOCK_SIZE);
  const isWritten = (index: number) => {
    const bytes = part(index);
    return !bytes.equals(ZEROES.subarray(0, bytes.length));
  };
  return {
    size,
    written: Array.from({ length: Math.ceil(size / BLOCK_SIZE) }, (_, index) => index).filter(isWritten),
    block: (index) => {
      const bytes = part(index);
      return bytes.length === BLOCK_SIZE ? bytes : Buffer.concat([bytes], BLOCK_SIZE);
    },
  };
}
