import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resourceName, sha256, shortName } from '../../src/model/index.ts';

test.each([
  [['regild', 'web-golden', '20261121t081502-3f9a'], 64, 'regild-web-golden-20261121t081502-3f9a'],
  [['web golden/ä', '2026.1121.1'], 64, 'web-golden-2026.1121.1'],
  [['a'.repeat(100), 'run-1'], 20, 'aaaaa-28165978-run-1'],
  [['...', 'x'], 64, 'x'],
])('%j within %i is %s', (parts, longest, expected) => expect(resourceName(parts, longest)).toBe(expected));

test('names that differ only in what is cut off stay different', () => {
  const [one, other] = ['eu', 'us'].map((end) => resourceName(['regild', `${'x'.repeat(60)}-${end}`, 'run-1'], 64));
  expect(one).not.toBe(other);
  expect([one, other].map((name = '') => name.length)).toEqual([64, 64]);
});

test('a text of its own is cut at its end', () => {
  expect(shortName('regild-web', 50)).toBe('regild-web');
  expect(shortName(`regild-${'x'.repeat(60)}`, 50)).toMatch(/^regild-x{34}-[0-9a-f]{8}$/);
});

test('where there is no room for a hash, a text is only cut', () => {
  expect([9, 10].map((longest) => shortName('x'.repeat(20), longest))).toEqual(['xxxxxxxxx', `x-${sha256('x'.repeat(20)).slice(0, 8)}`]);
  expect([shortName('x'.repeat(10), 10), shortName('ab-cdefghij-klm', 9)]).toEqual(['x'.repeat(10), 'ab-cdefgh']);
});

test('is a name that Azure takes, whatever the parts', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
      expect(resourceName([...parts, 'run1'], 64)).toMatch(/^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9])?$/);
    }),
  );
});
