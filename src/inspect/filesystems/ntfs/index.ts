import type { BlockSource } from '../../blocks/block-source.ts';
import { Unreadable } from '../../file-tree.ts';
import { reading } from '../../guard.ts';
import type { Entry, FileSystem, Inode } from '../file-system.ts';
import { ATTRIBUTE } from './attribute.ts';
import { type BootSector, readBootSector } from './boot-sector.ts';
import { readDirectory } from './directory.ts';
import { type FileRecord, type MasterFileTable, openMasterFileTable } from './master-file-table.ts';
import { type ReparsePoint, readReparsePoint } from './reparse-point.ts';
import { wholeValue } from './value.ts';

/** Numbers of files that every NTFS has; all below the first of a user's are its own. */
const FILE = { volume: 3, root: 5, bitmap: 6, firstOfUsers: 16 } as const;
/** NTFS has no modes and owners of Unix. */
const OWNER = { uid: 0, gid: 0 } as const;
const MODE = { file: 0o644, directory: 0o755, symlink: 0o777 } as const;
/** Times are counted in 100 ns since 1601. */
const TICKS = 10_000_000n;
const EPOCH = 11_644_473_600;
/** Where the flags of a volume stand, and the one that says that it is mounted or was not let go of. */
const VOLUME_FLAGS = 10;
const DIRTY = 0x1;
const UNCLEAN = 'was not cleanly unmounted: what was written last may be missing, since its log is not played back';
const LARGEST_REPARSE_POINT = 16384;
const BITMAP_PIECE = 2 ** 20;

/** Opens an NTFS. Names have no case, as in Windows. Throws Unreadable for what is broken. */
export function openNtfs(disk: BlockSource, place: string): Promise<FileSystem> {
  return reading(`ntfs: boot sector of ${place}`, async () => {
    const boot = readBootSector(await disk.read(0, 512), place);
    const table = await reading(`ntfs: master file table of ${place}`, () => openMasterFileTable(disk, boot));
    const volume = { boot, table, place };
    const own = await table.file(FILE.volume);
    const label = table.value(own, ATTRIBUTE.volumeName);
    const information = table.value(own, ATTRIBUTE.volumeInformation);
    const flags = information && (await information.read(VOLUME_FLAGS, 2));
    return {
      kind: 'ntfs',
      uuid: boot.uuid,
      label: label ? (await wholeValue(label, 512)).toString('utf16le') : '',
      totalBytes: boot.totalBytes,
      usedBytes: await reading(`ntfs: bitmap of ${place}`, async () => (await usedClusters(table)) * boot.clusterSize),
      ...(flags?.length === 2 && (flags.readUInt16LE(0) & DIRTY) !== 0 ? { unclean: UNCLEAN } : {}),
      ignoresCase: true,
      root: () => openFile(volume, FILE.root),
    };
  });
}

interface Volume {
  readonly boot: BootSector;
  readonly table: MasterFileTable;
  readonly place: string;
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

async function usedClusters(table: MasterFileTable): Promise<number> {
  const bitmap = table.value(await table.file(FILE.bitmap), ATTRIBUTE.data);
  let used = 0;
  for (let at = 0; bitmap && at < bitmap.size; at += BITMAP_PIECE) {
    for (const byte of await bitmap.read(at, BITMAP_PIECE)) used += ONES[byte] ?? 0;
  }
  return used;
}

function openFile(volume: Volume, number: number): Promise<Inode> {
  const { table, boot } = volume;
  const place = `ntfs: file ${number} of ${volume.place}`;
  return reading(place, async () => {
    const file = await table.file(number);
    const point = await reparsePointOf(table, file);
    const type = point?.kind === 'link' ? 'symlink' : file.isDirectory ? 'directory' : 'file';
    const data = type === 'file' ? table.value(file, ATTRIBUTE.data) : undefined;
    const content = async (offset: number, length: number) => {
      if (point?.kind === 'elsewhere') throw new Unreadable(place, point.reason);
      if (isEncrypted(file)) throw new Unreadable(place, 'is encrypted (EFS)');
      return data ? data.read(offset, length) : Buffer.alloc(0);
    };
    const target = point?.kind === 'link' ? point.target : '';
    return {
      ...{ id: String(number), type, mode: MODE[type], ...OWNER, mtime: await modified(table, file) },
      size: type === 'symlink' ? Buffer.byteLength(target) : (data?.size ?? 0),
      read: (offset, length) => reading(place, () => content(offset, length)),
      target: async () => target,
      entries: () => reading(place, () => entriesOf(volume, file, boot.indexSize)),
    } satisfies Inode;
  });
}

function isEncrypted({ attributes }: FileRecord): boolean {
  return attributes.some(({ type, name, encrypted }) => type === ATTRIBUTE.data && name === '' && encrypted);
}

async function reparsePointOf(table: MasterFileTable, file: FileRecord): Promise<ReparsePoint | undefined> {
  const value = table.value(file, ATTRIBUTE.reparsePoint);
  return value && readReparsePoint(await wholeValue(value, LARGEST_REPARSE_POINT));
}

async function modified(table: MasterFileTable, file: FileRecord): Promise<number> {
  const value = table.value(file, ATTRIBUTE.standardInformation);
  const bytes = value && (await value.read(0, 16));
  return bytes?.length === 16 ? Number(bytes.readBigUInt64LE(8) / TICKS) - EPOCH : 0;
}

async function entriesOf(volume: Volume, file: FileRecord, indexSize: number): Promise<readonly Entry[]> {
  const entries = await readDirectory(volume.table, file, indexSize);
  return entries
    .filter((entry) => entry.file >= FILE.firstOfUsers)
    .map((entry) => ({ name: entry.name, inode: () => openFile(volume, entry.file) }));
}
