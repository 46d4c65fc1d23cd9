import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resourceName } from '../../src/engines/resource-name.ts';

test.each([
  [['regild', 'web-golden', '20261121t081502-3f9a'], 64, 'regild-web-golden-20261121t081502-3f9a'],
  [['web golden/ä', '2026.1121.1'], 64, 'web-golden-2026.1121.1'],
  [['a'.repeat(100), 'run-1'], 20, 'aaaaaaaaaaaaaa-run-1'],
  [['...', 'x'], 64, 'x'],
])('%j within %i is %s', (parts, longest, expected) => expect(resourceName(parts, longest)).toBe(expected));

test('is a name that Azure takes, whatever the parts', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
      expect(resourceName([...parts, 'run1'], 64)).toMatch(/^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9])?$/);
    }),
  );
});
