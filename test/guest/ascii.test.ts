import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** One letter beyond ASCII doubles what every template that holds the script takes, and a guest need not speak UTF-8. */
test('scripts for guests and templates of engines are ASCII', () => {
  const files = ['scripts', 'packer-templates'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => /[^\n\t\x20-\x7e]/.test(readFileSync(file, 'latin1').replaceAll('\r', '')))).toEqual([]);
});
