/**
 * plant-tree.ts <folder> <kind> <seed> [scale] — fills a mounted file system with what file systems find hard. `torture`: names, links, sizes at the
 * borders of blocks, holes, reserved space, large directories, devices, odd times and owners. `aged`: files that were written, cut, extended and
 * deleted in a random order, so that what is left lies in pieces. `plain`: what NTFS can hold; `small`: what fits on a FAT too. Deterministic by the seed.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const [root = '', kind = 'torture', seed = '1', scale = '1'] = process.argv.slice(2);
const size = Number(scale);
const plain = kind === 'plain' || kind === 'small';
let state = Number(seed) >>> 0;

/** Xorshift: a number from 0 up to `below`. */
function random(below: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}

/** Bytes that differ from block to block; half of the files can be compressed. */
function content(length: number): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4));
  const noisy = random(2) === 0;
  const first = random(2 ** 30);
  for (let index = 0; index < words.length; index += 1) words[index] = noisy ? random(2 ** 31) : (index >>> 4) + first;
  return Buffer.from(words.buffer, 0, length);
}

function folder(...parts: string[]): string {
  const path = join(root, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

function names(): void {
  const at = folder('names');
  const odd = [
    'a b',
    'ä',
    '日本語',
    'tab\there',
    'quote"\'',
    '-rf',
    '..twodots',
    '.hidden',
    'x'.repeat(255),
    '€'.repeat(85),
    '%s%n',
    '\\x41',
  ];
  for (const name of plain
    ? odd.filter((name) => !/[\t"\\]/.test(name) && name.length < 200)
    : [...odd, 'new\nline', 'back\\slash', '*?<>|:']) {
    writeFileSync(join(at, name), content(random(200)));
  }
  if (!plain)
    for (const hex of ['ff', '61ff62', 'c3', 'e282', 'f0908d'])
      writeFileSync(Buffer.concat([Buffer.from(`${at}/odd-`), Buffer.from(hex, 'hex')]), hex);
}

function sizes(): void {
  const at = folder('sizes');
  const borders = [512, 1024, 4096, 8192, 16384, 65536, 131072, 1048576].flatMap((border) => [border - 1, border, border + 1]);
  for (const length of [
    0,
    1,
    2,
    3,
    4,
    59,
    60,
    61,
    100,
    130,
    155,
    156,
    157,
    160,
    200,
    300,
    336,
    337,
    400,
    700,
    1500,
    2000,
    ...borders,
    3_000_001,
  ]) {
    writeFileSync(join(at, `of-${length}`), content(length));
  }
}

function links(): void {
  const at = folder('links');
  for (const length of [1, 10, 58, 59, 60, 61, 100, 155, 156, 160, 240, 300, 335, 336, 337, 500, 1000, 1023])
    symlinkSync('l'.repeat(length), join(at, `of-${length}`));
  symlinkSync('../sizes/of-4096', join(at, 'relative'));
  symlinkSync('/sizes/of-4097', join(at, 'absolute'));
  symlinkSync('loop', join(at, 'loop'));
  symlinkSync('ü'.repeat(100), join(at, 'utf8'));
  for (const name of ['one', 'two', 'three']) linkSync(join(root, 'sizes', 'of-8193'), join(at, `hard-${name}`));
}

function holes(): void {
  const at = folder('holes');
  for (const [name, spread] of [
    ['few', 1_000_000],
    ['many', 16_384],
    ['odd', 5_001],
  ] as const) {
    const file = openSync(join(at, name), 'w');
    for (let index = 0; index < 40 * size; index += 1) {
      const bytes = content(1 + random(3000));
      writeSync(file, bytes, 0, bytes.length, index * spread);
    }
    ftruncateSync(file, 40 * size * spread + 77);
    closeSync(file);
  }
  const huge = openSync(join(at, 'huge'), 'w');
  ftruncateSync(huge, 5 * 2 ** 30 + 13);
  writeSync(huge, content(5000), 0, 5000, 5 * 2 ** 30 - 900_000);
  writeSync(huge, content(5000), 0, 5000, 3 * 2 ** 30 + 1);
  closeSync(huge);
}

function reserved(): void {
  const at = folder('reserved');
  const run = (...words: string[]) => execFileSync('fallocate', words, { stdio: 'ignore' });
  for (const [name, words] of [
    ['ahead', ['-l', '700000']],
    ['beyond', ['-n', '-l', '900000']],
  ] as const) {
    const path = join(at, name);
    writeFileSync(path, content(100_000));
    try {
      run(...words, path);
      run('-p', '-o', '20000', '-l', '30000', path);
    } catch {
      // Not every file system can reserve or punch: then the file is as it was.
    }
  }
}

function directories(): void {
  const many = folder('many');
  for (let index = 0; index < 1500 * size; index += 1)
    writeFileSync(join(many, `${index}-${'n'.repeat(random(60))}`), index % 50 === 0 ? content(random(6000)) : '');
  for (let index = 0; index < 1500 * size; index += 3) rmSync(join(many, `${index}-`), { force: true });
  for (const count of [1, 2, 3, 5, 8, 12, 20, 40, 80, 160, 320]) {
    const few = folder('few', String(count));
    for (let index = 0; index < count; index += 1) writeFileSync(join(few, `file-${index}`), '');
  }
  folder('deep', ...Array.from({ length: 60 }, (_, index) => `d${index}`));
}

function few(count: number): void {
  for (let index = 0; index < count; index += 1) writeFileSync(join(folder('few'), `A file ${index}.Long ending`), content(random(4000)));
}

function oddities(): void {
  const at = folder('oddities');
  for (const mode of [0o4755, 0o2755, 0o1777, 0o000, 0o7777]) {
    writeFileSync(join(at, mode.toString(8)), '');
    chmodSync(join(at, mode.toString(8)), mode);
  }
  for (const id of [1, 65534, 65536, 2_000_000_000, 4_000_000_000]) {
    writeFileSync(join(at, `owner-${id}`), '');
    chownSync(join(at, `owner-${id}`), id, id);
  }
  for (const time of [0, 1, 2 ** 31 - 1, 1_700_000_000]) {
    writeFileSync(join(at, `time-${time}`), '');
    utimesSync(join(at, `time-${time}`), time, time);
  }
  for (const time of [-1, -1_000_000, 2 ** 31 + 5, 2 ** 32 + 5]) {
    writeFileSync(join(at, `late-${time}`), '');
    utimesSync(join(at, `late-${time}`), time, time);
  }
  execFileSync('mkfifo', [join(at, 'pipe')]);
  execFileSync('mknod', [join(at, 'device'), 'b', '259', '70000']);
  execFileSync('mknod', [join(at, 'null'), 'c', '1', '3']);
}

/** Attributes take the room in an inode that content could have had. */
function attributes(): void {
  const at = folder('attributes');
  for (const length of [1, 20, 60, 200, 1000]) {
    const path = join(at, `of-${length}`);
    writeFileSync(path, content(50));
    mkdirSync(`${path}.d`);
    for (const where of [path, `${path}.d`]) {
      try {
        execFileSync('setfattr', ['-n', 'user.test', '-v', 'v'.repeat(length), where], { stdio: 'ignore' });
      } catch {
        // Without extended attributes there is nothing that could be in the way.
      }
    }
    for (let index = 0; index < 4; index += 1) writeFileSync(join(`${path}.d`, `f${index}`), '');
  }
}

/** Two files that grow in turns lie in each other's gaps. */
function fragments(): void {
  const at = folder('fragments');
  const files = ['one', 'two', 'three'].map((name) => openSync(join(at, name), constants.O_CREAT | constants.O_RDWR | constants.O_SYNC));
  for (let round = 0; round < 150 * size; round += 1) for (const file of files) writeSync(file, content(4096 + random(4096)));
  for (const file of files) closeSync(file);
}

function age(): void {
  const live: string[] = [];
  for (let step = 0; step < 1500 * size; step += 1) {
    const at = folder('aged', `d${random(20)}`, `e${random(5)}`);
    const choice = random(10);
    const victim = live.length === 0 ? undefined : live[random(live.length)];
    if (choice < 5 || victim === undefined) {
      const path = join(at, `f${step}`);
      writeFileSync(path, content(random(60_000)));
      live.push(path);
    } else if (choice < 8) {
      rmSync(victim, { force: true });
      live.splice(live.indexOf(victim), 1);
    } else {
      const file = openSync(victim, 'r+');
      ftruncateSync(file, random(90_000));
      closeSync(file);
    }
  }
}

switch (kind) {
  case 'aged':
    age();
    break;
  case 'small':
    for (const plant of [names, sizes]) plant();
    few(300);
    break;
  case 'plain':
    for (const plant of [names, sizes, directories]) plant();
    age();
    break;
  default:
    for (const plant of [names, sizes, links, holes, reserved, directories, oddities, attributes, fragments]) plant();
}
