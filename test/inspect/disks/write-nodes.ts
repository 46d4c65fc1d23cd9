/** write-nodes.ts <folder> <file> [plain] — writes what the kernel says of every node below a folder, as `describeFolder` words it. */
import { writeFileSync } from 'node:fs';
import { describeFolder } from '../../inspect-disks/describe-nodes.ts';

const [folder = '', file = '', plain] = process.argv.slice(2);
const nodes = await describeFolder(folder, { owners: plain === undefined, times: true });
writeFileSync(file, `${JSON.stringify(Object.fromEntries([...nodes].sort()), undefined, 1)}\n`);
