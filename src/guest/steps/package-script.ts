import { guestPath } from '../folder.ts';
import { words } from './linux-lines.ts';

/** regild's own script that asks the package manager, whichever the system has. */
export const PACKAGE_SCRIPT = 'packages';

/** A line that starts it: `install` and names, `update`, or `ansible`, which installs Ansible where it is missing. */
export function askPackageManager(...what: readonly string[]): string {
  return words('sh', guestPath('linux', `${PACKAGE_SCRIPT}.sh`), ...what);
}
