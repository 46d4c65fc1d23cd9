import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entities, markdownCode, visible, visibleJson } from '../../src/report/encode.ts';

test('visible text keeps what can be seen', () => {
  expect(visible('web-golden 日本語 é ✓ 🙂')).toBe('web-golden 日本語 é ✓ 🙂');
  expect(visible('a\u001b[2J\r\nb\tc\u0000\u009b\u202ed\u200be\ud800')).toBe(
    'a\\u001b[2J\\u000d\\nb\\tc\\u0000\\u009b\\u202ed\\u200be\\ud800',
  );
});

test('JSON stays the same value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(visibleJson(JSON.stringify({ [text]: [text] }, null, 2)))).toEqual({ [text]: [text] });
    }),
  );
});

test('entities decode to the visible text', () => {
  const decode = (text: string) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(decode(entities(text))).toBe(visible(text));
    }),
  );
  expect(entities(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
});

test.each([
  ['', ''],
  ['a', '`a`'],
  ['a`b', '``a`b``'],
  ['`a``', '``` `a`` ```'],
  ['a|b', '`a\\|b`'],
  ['a\nb', '`a\\nb`'],
])('code of %j', (text, expected) => {
  expect(markdownCode(text)).toBe(expected);
});
