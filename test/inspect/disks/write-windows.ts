/** write-windows.ts <folder> — writes the files of the made Windows below a folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { COMPANY_WINDOWS } from '../windows/company-windows.ts';

const [folder = '.'] = process.argv.slice(2);
for (const [path, bytes] of Object.entries(COMPANY_WINDOWS)) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), bytes);
}
