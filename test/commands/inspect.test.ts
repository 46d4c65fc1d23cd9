import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    ['/etc/os-release', 'generated'],
    ['/opt/shop/run', 'unowned'],
  ]);
  write('saved.json', first.stdout);
  const second = await regild(['inspect', 'saved.json', '--json'], { folder });
  expect(JSON.parse(second.stdout)).toEqual(JSON.parse(first.stdout));
  write('images.yaml', 'version: 1\nimages:\n  shop:\n    engine: packer\n');
  const proposed = await regild(['inspect', 'root', '--write', 'shop'], { folder });
  expect([proposed.code, proposed.stdout.split('\n')[0]]).toEqual([0, 'images.yaml: added to shop; 1 files in content/shop']);
  expect(readFileSync(join(folder, 'content/shop/opt/shop/run'), 'utf8')).toBe('hello\n');
  expect(readFileSync(join(folder, 'images.yaml'), 'utf8')).toContain(
    '    customize:\n      # 6 bytes, no package brought it\n      - file:',
  );
  const again = await regild(['inspect', 'root', '--write', 'shop'], { folder });
  expect(again.stdout.split('\n')[0]).toBe('images.yaml: nothing to add to shop; 1 files in content/shop');
  const compared = await regild(['inspect', 'root', '--against', 'saved.json', '--json'], { folder });
  expect(JSON.parse(compared.stdout).differences).toEqual([]);
  write('empty.raw', 'x'.repeat(4096));
  const third = await regild(['inspect', 'empty.raw'], { folder });
  expect([third.code, third.stderr]).toEqual([2, expect.stringContaining('FILE_INVALID: empty.raw: there is no system on it')]);
  const fourth = await regild(['inspect', 'nothing'], { folder });
  expect([fourth.code, fourth.stderr]).toEqual([2, expect.stringContaining('FILE_NOT_FOUND: there is no file or folder nothing')]);
});
