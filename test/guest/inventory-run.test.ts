import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inventoryPartScript, inventoryScript, PART, parseInventoryAnswer, unpackInventory } from '../../src/guest/inventory-run.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

test('the first script names what is asked, and holds the lines script whole', () => {
  const text = inventoryScript('#!/bin/sh\necho end\n', {
    distro: 'ubuntu',
    version: '24.04',
    architecture: 'x64',
    installs: ['nginx', 'a\nb'],
  });
  expect(text.split('\n').slice(0, 3)).toEqual([
    '# regild-inventory: 0',
    '# regild-system: ubuntu 24.04 x64',
    '# regild-installs: nginx a_b',
  ]);
  expect(text).toContain("cat >/run/regild-inventory.sh <<'REGILD_INVENTORY_END'\n#!/bin/sh\necho end\nREGILD_INVENTORY_END\n");
});

test('with the last part nothing stays behind', () => {
  expect(inventoryPartScript(PART, false)).toBe(`# regild-inventory: 3900\nset -eu\ntail -c +3901 /run/regild-inventory | head -c 3900\n`);
  expect(inventoryPartScript(PART, true)).toContain('rm -f /run/regild-inventory\n');
});

test('what was packed comes back; what is short, changed or no archive does not', () => {
  const packed = gzipSync('regild-inventory\t1\nend\n').toString('base64');
  const whole = { size: packed.length, sha256: digest(packed) };
  expect(unpackInventory(packed, whole)?.toString()).toBe('regild-inventory\t1\nend\n');
  expect(unpackInventory(packed.slice(1), whole)).toBeUndefined();
  expect(unpackInventory(packed, { ...whole, sha256: digest('other') })).toBeUndefined();
  expect(unpackInventory('AAAA', { size: 4, sha256: digest('AAAA') })).toBeUndefined();
});

test('the bytes of a name that is no UTF-8 come back', () => {
  const bytes = Buffer.from('content\t/opt/caf\xe9\n', 'latin1');
  const packed = gzipSync(bytes).toString('base64');
  expect(unpackInventory(packed, { size: packed.length, sha256: digest(packed) })).toEqual(bytes);
});

test.each([
  [`regild-inventory\t4\t${'a'.repeat(64)}\nAAAA`, { size: 4, sha256: 'a'.repeat(64), part: 'AAAA' }],
  [`regild-inventory\t4\t${'a'.repeat(64)}\n`, { size: 4, sha256: 'a'.repeat(64), part: '' }],
  ['sh: gzip: not found', undefined],
  ['regild-inventory\tmany\tx\nAAAA', undefined],
  [`regild-inventory\t4\t${'a'.repeat(64)}\n<script>`, undefined],
])('the answer %j', (stdout, answer) => {
  expect(parseInventoryAnswer(stdout)).toEqual(answer);
});
