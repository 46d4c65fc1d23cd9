import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sandboxVariables } from '../../../src/commands/sandbox-instructions.ts';
import { shellWord } from '../../../src/guest/quote.ts';
import { startSandbox } from '../../../src/sandbox/index.ts';

/**
 * `node world.ts <folder> <snapshot> <disk>` runs the embedded clouds with that raw disk behind a snapshot of an AMI, until it is killed, and prints a
 * line when they answer. The folder gets `environment`, variables for a shell, and the certificate that they name.
 */
const [folder = '', snapshot = '', disk = ''] = process.argv.slice(2);
const sandbox = await startSandbox({ clock: { kind: 'real', speed: 600 }, snapshots: { [snapshot]: { disk } } });
const authority = join(folder, 'authority.pem');
const variables = Object.entries(sandboxVariables(sandbox, authority));
await writeFile(authority, sandbox.caPem);
await writeFile(join(folder, 'environment'), variables.map(([name, value]) => `export ${name}=${shellWord(value)}\n`).join(''));
process.stdout.write('listening\n');
