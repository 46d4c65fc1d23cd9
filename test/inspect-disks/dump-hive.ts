/**
 * dump-hive.ts <hive> [log…] — prints every key and value of a registry hive as regild reads it, one a line, for a judge to compare: path, name, number
 * of the type and bytes, each as JSON. What cannot be read is a line of its own and ends with 1.
 */
import { readFile } from 'node:fs/promises';
import { Unreadable } from '../../src/inspect/file-tree.ts';
import { rootOf } from '../../src/inspect/registry/hive.ts';
import type { RegistryKey } from '../../src/inspect/registry/key.ts';
import { memorySource } from '../inspect/disks/open-fixture.ts';

const [file = '', ...logs] = process.argv.slice(2);
const root = await rootOf(memorySource(await readFile(file)), () => Promise.all(logs.map((log) => readFile(log))), file);
for (const { reason } of root.unread) process.stderr.write(`unread: ${reason}\n`);

async function dump(key: RegistryKey, path: string): Promise<void> {
  process.stdout.write(`${JSON.stringify([path])}\n`);
  try {
    for (const { name, type, bytes } of await key.values()) {
      process.stdout.write(`${JSON.stringify([path, name, type, bytes.toString('hex')])}\n`);
    }
    for (const child of await key.subkeys()) await dump(child, `${path}\\${child.name}`);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    process.stderr.write(`unreadable: ${error.message}\n`);
    process.exitCode = 1;
  }
}

await dump(root.value, '');
