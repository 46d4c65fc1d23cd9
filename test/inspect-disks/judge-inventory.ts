/**
 * judge-inventory.ts <image> dissect.target|virt-inspector <what it said> — compares system and packages of a Debian disk, as regild reads them, with what another
 * program said of it. Prints every difference, and then exits with 1.
 */
import { readFile } from 'node:fs/promises';
import { createDiskFiles } from '../../src/adapters/disk-file.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { openImageFile } from '../../src/inspect/blocks/image-file.ts';
import { inventoryOfDisk } from '../../src/inspect/disk-inventory.ts';
import { openDisk } from '../../src/inspect/open-disk.ts';

/** What both sides say, a line each. */
type Told = readonly string[];

const [image = '', judge = '', said = ''] = process.argv.slice(2);
const file = await createDiskFiles().open(image);
const disk = await openDisk(await openImageFile(file));
const { system, packages } = await inventoryOfDisk(disk, { kind: 'disk', name: image, simulated: false }, await loadCatalog());
await file.close();
const text = await readFile(said, 'utf8');
const versions = packages.filter(({ manager }) => manager === 'deb').map(({ name, version }) => `package ${name} ${version}`);

const JUDGES: Readonly<Record<string, { readonly ours: Told; readonly theirs: (text: string) => Told }>> = {
  'dissect.target': {
    ours: [`name ${system.name}`, `architecture ${system.architecture}`, ...versions],
    theirs: (lines) => [...dissectSystem(lines), ...dissectPackages(lines)],
  },
  'virt-inspector': {
    ours: [`distribution ${system.id} ${system.version}`, `architecture ${system.architecture}`, ...versions],
    theirs: (xml) => [...virtSystem(xml), ...virtPackages(xml)],
  },
};

/** `<Target disk> linux Debian GNU/Linux 12 (bookworm) x86_64-linux`. */
function dissectSystem(lines: string): Told {
  const [, name = '', architecture = ''] = /^<Target [^>]*> linux (.+) (\S+)-linux$/m.exec(lines) ?? [];
  return [`name ${name}`, `architecture ${wordOf(architecture)}`];
}

function dissectPackages(lines: string): Told {
  const records = lines.split('\n').filter((line) => line.startsWith('{'));
  return records
    .map((line): { readonly name?: string; readonly version?: string; readonly status?: string } => JSON.parse(line))
    .filter(({ name, status }) => name !== undefined && status === 'install ok installed')
    .map(({ name, version }) => `package ${name} ${version}`);
}

function virtSystem(xml: string): Told {
  return [`distribution ${element(xml, 'distro')} ${element(xml, 'major_version')}`, `architecture ${wordOf(element(xml, 'arch'))}`];
}

/** dpkg's version is told in its parts. */
function virtPackages(xml: string): Told {
  return [...xml.matchAll(/<application>([\s\S]*?)<\/application>/g)].map(([, fields = '']) => {
    const [name, epoch, version, release] = ['name', 'epoch', 'version', 'release'].map((each) => element(fields, each));
    return `package ${name} ${epoch === '' ? '' : `${epoch}:`}${version}${release === '' ? '' : `-${release}`}`;
  });
}

function element(xml: string, name: string): string {
  const [, value = ''] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return value.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}

function wordOf(architecture: string): string {
  return architecture === 'x86_64' ? 'x64' : architecture;
}

const asked = JUDGES[judge];
if (asked === undefined) throw new Error(`there is no judge ${judge}`);
const theirs = new Set(asked.theirs(text));
const ours = new Set(asked.ours);
const differences = [
  ...[...ours].filter((line) => !theirs.has(line)).map((line) => `only regild: ${line}`),
  ...[...theirs].filter((line) => !ours.has(line)).map((line) => `only ${judge}: ${line}`),
];
for (const line of differences) process.stdout.write(`${line}\n`);
process.stdout.write(`${ours.size} facts by regild, ${theirs.size} by ${judge}, ${differences.length} differ\n`);
process.exitCode = differences.length === 0 && theirs.size > 3 ? 0 : 1;
