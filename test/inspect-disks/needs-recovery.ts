/** needs-recovery.ts <image> — exits with 0 when an ext3 or ext4 has a journal with something in it: otherwise a test of its recovery proves nothing. */
import { open } from 'node:fs/promises';

const RECOVER = 0x4;
const file = await open(process.argv[2] ?? '');
const { buffer } = await file.read(Buffer.alloc(1024), 0, 1024, 1024);
await file.close();
const needed = (buffer.readUInt32LE(0x60) & RECOVER) !== 0;
process.stdout.write(needed ? 'its journal is to be played back\n' : 'its journal is empty\n');
process.exitCode = needed ? 0 : 1;
