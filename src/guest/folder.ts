import { type BuildPlan, GUEST_FOLDER } from '../model/index.ts';

type System = BuildPlan['os']['family'];

/** Absolute path in the guest of a file of the guest folder, given relative with `/`. */
export function guestPath(system: System, path: string): string {
  return system === 'windows' ? `${GUEST_FOLDER.windows}\\${path.replaceAll('/', '\\')}` : `${GUEST_FOLDER.linux}/${path}`;
}

/** Where a script of the installation, such as `scripts/linux/lib/boot.sh`, lies in the guest folder: what stands below the system's own folder. */
export function inGuestFolder(script: string): string {
  return script.split('/').slice(2).join('/');
}
