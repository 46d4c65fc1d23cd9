/** A file of the guest folder: a path relative to it, with `/`. */
export interface GuestFile {
  readonly path: string;
  readonly content: string;
}

type System = 'linux' | 'windows';

/** Where regild keeps its own files in the guest while it builds; generalize deletes it. */
export const GUEST_FOLDER = { linux: '/opt/regild', windows: 'C:\\regild' } as const;

/** Absolute path in the guest of a file of the guest folder, given relative with `/`. */
export function guestPath(system: System, path: string): string {
  return system === 'windows' ? `${GUEST_FOLDER.windows}\\${path.replaceAll('/', '\\')}` : `${GUEST_FOLDER.linux}/${path}`;
}

/** Where a script of the installation, such as `scripts/linux/lib/boot.sh`, lies in the guest folder: what stands below the system's own folder. */
export function inGuestFolder(script: string): string {
  return script.split('/').slice(2).join('/');
}
