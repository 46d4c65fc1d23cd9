import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Inventory } from '../../src/model/index.ts';
import { regild } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'regild-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

test('a folder, the inventory that was saved of it, and what is neither', async () => {
  write('root/etc/os-release', 'ID=debian\nVERSION_ID="12"\n');
  write('root/opt/shop/run', 'hello\n');
  const first = await regild(['inspect', 'root', '--json'], { folder });
  const inventory = Inventory.parse(JSON.parse(first.stdout));
  expect(inventory.content.map(({ path, origin }) => [path, origin])).toEqual([
    ['/etc/os-release', 'unowned'],
    ['/opt/shop/run', 'unowned'],
  ]);
  write('saved.json', first.stdout);
  const second = await regild(['inspect', 'saved.json', '--json'], { folder });
  expect(JSON.parse(second.stdout)).toEqual(JSON.parse(first.stdout));
  write('empty.raw', 'x'.repeat(4096));
  const third = await regild(['inspect', 'empty.raw'], { folder });
  expect([third.code, third.stderr]).toEqual([2, expect.stringContaining('FILE_INVALID: empty.raw: there is no system on it')]);
  const fourth = await regild(['inspect', 'nothing'], { folder });
  expect([fourth.code, fourth.stderr]).toEqual([2, expect.stringContaining('FILE_NOT_FOUND: there is no file or folder nothing')]);
});
