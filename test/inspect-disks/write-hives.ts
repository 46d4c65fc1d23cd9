/** write-hives.ts <folder> — writes the hives of the made Windows, and one that was being written when its machine stopped, with its log. */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { COMPANY_WINDOWS } from '../inspect/windows/company-windows.ts';
import { interrupted, writeHive } from '../inspect/windows/write-hive.ts';

const [folder = '.'] = process.argv.slice(2);
const hives = Object.entries(COMPANY_WINDOWS).filter(([path]) => path.startsWith('/Windows/System32/config/'));
for (const [path, bytes] of hives) await writeFile(join(folder, basename(path)), bytes);

const before = writeHive({ keys: { Software: { values: { State: 'begun' } } } });
const after = writeHive({
  keys: { Software: { values: { State: 'completed' }, keys: { New: { values: { Long: Buffer.alloc(50_000, 'x') } } } } },
});
const { hive, log } = interrupted(before, after);
await writeFile(join(folder, 'interrupted'), hive);
await writeFile(join(folder, 'interrupted.LOG1'), log);
await writeFile(join(folder, 'completed'), after);
