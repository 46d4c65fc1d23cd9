/** A line of fstab (fstab(5)), with `\040` and the like resolved. */
export interface FstabEntry {
  /** 1 for the first line. */
  readonly line: number;
  /** What is mounted: a device, `UUID=…`, `LABEL=…`, `PARTUUID=…`, `PARTLABEL=…`, a directory for a bind mount. */
  readonly device: string;
  /** Where; `none` for swap. */
  readonly path: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** No fstab has more lines; what follows is left out. */
const MOST_LINES = 1000;

/** The lines of fstab that say something. */
export function parseFstab(text: string): readonly FstabEntry[] {
  return text
    .split('\n')
    .slice(0, MOST_LINES)
    .flatMap((line, index) => {
      const [device = '', path, type = 'auto', options = 'defaults'] = line.trim().split(/\s+/).map(decodeOctal);
      if (path === undefined || device.startsWith('#')) return [];
      return [{ line: index + 1, device: unquote(device), path, type, options: options.split(',') }];
    });
}

function decodeOctal(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function unquote(device: string): string {
  return device.replace(/^([A-Z]+=)"(.*)"$/, '$1$2');
}
