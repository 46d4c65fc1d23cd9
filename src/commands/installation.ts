import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds regild's own templates and guest scripts: above the sources in a checkout, above the bundle when installed. */
export function installation(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'packer-templates')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
