/**
 * For each absolute path of an image a relative one that is safe on any machine: letters, digits and `. _ - @ +`, no part that is `.` or `..`, none that
 * begins with a dash. Two paths that would fall together, also where case does not count, get a number.
 */
export function safePaths(paths: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const path of paths) {
    const plain = path
      .split('/')
      .filter((part) => part !== '')
      .map(safePart)
      .join('/');
    const candidates = [plain, ...Array.from({ length: paths.length }, (_, index) => `${plain}-${index + 2}`)];
    const free = candidates.find((name) => !taken.has(name.toLowerCase())) ?? plain;
    taken.add(free.toLowerCase());
    names.set(path, free);
  }
  return names;
}

/** Longest name (bytes) that every file system takes, with room for a number. */
const LONGEST = 200;
/** Names that Windows keeps for devices. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

function safePart(part: string): string {
  const plain = part
    .replace(/[^A-Za-z0-9._@+-]/g, '_')
    .slice(0, LONGEST)
    .replace(/^\.+$/, '_')
    .replace(/^-/, '_')
    .replace(/\.$/, '_');
  return RESERVED.test(plain) ? `_${plain}` : plain;
}
