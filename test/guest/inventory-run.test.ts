import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inventoryPartScript, inventoryScript, PART, parseInventoryAnswer, unpackInventory } from '../../src/guest/inventory-run.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

test('the first script names what is asked, and holds the lines script whole', () => {
  const text = inventoryScript('#!/bin/sh\necho end\n', {
    os: 'linux',
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

test('on Windows the script runs in a block of its own, and what it prints is packed the same way', () => {
  const subject = { os: 'windows', distro: 'windows-server', version: '2022', architecture: 'x64', installs: ['Web-Server'] } as const;
  const text = inventoryScript("'regild-inventory`t1'\n'end'\n", subject);
  expect(text.split('\n').slice(0, 8)).toEqual([
    '# regild-inventory: 0',
    '# regild-system: windows-server 2022 x64',
    '# regild-installs: Web-Server',
    "$ErrorActionPreference = 'Stop'",
    '$RegildLines = @(& {',
    "'regild-inventory`t1'",
    "'end'",
    '})',
  ]);
  expect(text).toContain(
    'if ($RegildPacked.Length -gt 3900) { [IO.File]::WriteAllText("$env:SystemRoot\\regild-inventory.b64", $RegildPacked) }',
  );
  expect(inventoryPartScript('windows', PART, true)).toBe(
    [
      '# regild-inventory: 3900',
      "$ErrorActionPreference = 'Stop'",
      '$RegildPacked = [IO.File]::ReadAllText("$env:SystemRoot\\regild-inventory.b64")',
      '$RegildPacked.Substring(3900, [Math]::Min(3900, $RegildPacked.Length - 3900))',
      '[IO.File]::Delete("$env:SystemRoot\\regild-inventory.b64")',
      '',
    ].join('\n'),
  );
});

test('with the last part nothing stays behind', () => {
  expect(inventoryPartScript('linux', PART, false)).toBe(
    `# regild-inventory: 3900\nset -eu\ntail -c +3901 /run/regild-inventory | head -c 3900\n`,
  );
  expect(inventoryPartScript('linux', PART, true)).toContain('rm -f /run/regild-inventory\n');
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
