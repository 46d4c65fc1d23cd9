/**
 * mutations.ts <rounds> [first seed] — changes every small disk of the unit tests and every hive of the made Windows so many times, each time as a seed
 * says, and reads all that is left of it. Prints a line for each disk: how many ended in an inventory, how many were refused in parts, and the most memory.
 * Whatever is neither crashes it, prints the seed, and ends with 1.
 */
import { Unreadable } from '../../src/inspect/file-tree.ts';
import { rootOf } from '../../src/inspect/registry/hive.ts';
import type { RegistryKey } from '../../src/inspect/registry/key.ts';
import { memorySource } from '../inspect/disks/open-fixture.ts';
import { HOSTILE_DISKS } from '../inspect/hostile-disks.ts';
import { mutate as mutateBytes } from '../inspect/mutate.ts';
import { mutate, structureSectors, survive } from '../inspect/mutate-disk.ts';
import { COMPANY_WINDOWS } from '../inspect/windows/company-windows.ts';

const [rounds = '1000', first = '1'] = process.argv.slice(2);
const seeds = Array.from({ length: Number(rounds) }, (_, index) => Number(first) + index);
/** One disk is read in a moment; what takes longer than this (ms) goes on and on. */
const LONGEST = 60_000;

interface Outcome {
  readonly refused: boolean;
}

async function run(name: string, attempt: (seed: number) => Promise<Outcome>): Promise<void> {
  let refused = 0;
  for (const seed of seeds) {
    const watch = setTimeout(() => fail(name, seed, `is still read after ${LONGEST} ms`), LONGEST);
    try {
      if ((await attempt(seed)).refused) refused += 1;
    } catch (error) {
      fail(name, seed, error instanceof Error ? (error.stack ?? error.message) : String(error));
    } finally {
      clearTimeout(watch);
    }
  }
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(
    `${name.padEnd(14)} ${seeds.length} changed: ${seeds.length - refused} read whole, ${refused} told what is broken; ${megabytes} MB\n`,
  );
}

function fail(name: string, seed: number, what: string): void {
  process.stdout.write(`${name}, seed ${seed}: ${what}\n`);
  process.exit(1);
}

for (const [name, make] of HOSTILE_DISKS) {
  const bytes = make();
  const sectors = await structureSectors(bytes);
  // Links in a circle and the like are refused in the sound disk too.
  const whole = await survive(memorySource(bytes));
  await run(name, async (seed) => {
    const undo = mutate(bytes, sectors, seed);
    try {
      const { read, refused } = await survive(memorySource(bytes));
      return { refused: refused !== whole.refused || read !== whole.read };
    } finally {
      undo();
    }
  });
}

/** Keys that are visited: a broken hive may lead in a circle. */
const MOST_KEYS = 2000;

for (const [path, content] of Object.entries(COMPANY_WINDOWS).filter(([, bytes]) => bytes.toString('latin1', 0, 4) === 'regf')) {
  const bytes = new Uint8Array(content);
  await run(`hive ${path.slice(path.lastIndexOf('/') + 1)}`, async (seed) => {
    try {
      const { value, unread } = await rootOf(memorySource(Buffer.from(mutateBytes(bytes, seed))), async () => [], 'hive');
      const queue: RegistryKey[] = [value];
      for (let visited = 0; queue.length > 0 && visited < MOST_KEYS; visited += 1) {
        const key = queue.shift();
        await key?.values();
        queue.push(...((await key?.subkeys()) ?? []));
      }
      return { refused: unread.length > 0 };
    } catch (error) {
      if (error instanceof Unreadable) return { refused: true };
      throw error;
    }
  });
}
