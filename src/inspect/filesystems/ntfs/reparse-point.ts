/** What a reparse point makes of a file. */
export type ReparsePoint = { readonly kind: 'link'; readonly target: string } | { readonly kind: 'elsewhere'; readonly reason: string };

const TAG = { mountPoint: 0xa0000003, symlink: 0xa000000c, wslSymlink: 0xa000001d, wof: 0x80000017, dedup: 0x80000013 } as const;
const HEADER = 8;

/**
 * Reads a reparse point (MS-FSCC 2.1.2); undefined for one that leaves the file what it is. A path of Windows becomes one of this tree: the drive is left
 * out, `\` becomes `/`.
 */
export function readReparsePoint(bytes: Buffer): ReparsePoint | undefined {
  switch (bytes.readUInt32LE(0)) {
    case TAG.mountPoint:
      return { kind: 'link', target: toPath(pathOf(bytes, 8)) };
    case TAG.symlink:
      return { kind: 'link', target: toPath(pathOf(bytes, 12)) };
    case TAG.wslSymlink:
      return { kind: 'link', target: bytes.toString('utf8', HEADER + 4, HEADER + bytes.readUInt16LE(4)) };
    case TAG.wof:
      return { kind: 'elsewhere', reason: 'is packed by Windows (CompactOS, WOF), which is not read' };
    case TAG.dedup:
      return { kind: 'elsewhere', reason: 'is deduplicated, which is not read' };
    default:
      return undefined;
  }
}

/** The name that Windows follows, behind a header of so many bytes. */
function pathOf(bytes: Buffer, header: number): string {
  const start = HEADER + header + bytes.readUInt16LE(HEADER);
  const end = start + bytes.readUInt16LE(HEADER + 2);
  if (end > bytes.length) throw new RangeError('a path that leaves its reparse point');
  return bytes.toString('utf16le', start, end);
}

function toPath(path: string): string {
  return path
    .replace(/^\\\?\?\\/, '')
    .replace(/^[A-Za-z]:/, '')
    .replaceAll('\\', '/');
}
