import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Measurement, medianOf, times } from './measure.ts';

const ROOT = join(import.meta.dirname, '../..');

/** How long `--help` takes from the sources and from the bundle, beside a node that does nothing. */
export async function startUp(runs: number): Promise<readonly Measurement[]> {
  const bare = await medianOf(runs, () => start('-e', '0'));
  const measured: Measurement[] = [{ what: 'node -e 0', milliseconds: bare, also: '' }];
  for (const file of ['src/main.js', 'dist/main.js'].filter((path) => existsSync(join(ROOT, path)))) {
    const milliseconds = await medianOf(runs, () => start(join(ROOT, file), '--help'));
    measured.push({ what: `${file} --help`, milliseconds, also: `${times(milliseconds, bare)} bare node` });
  }
  return measured;
}

function start(...args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
}
