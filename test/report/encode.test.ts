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

test.each([
  ['##vso[task.setvariable variable=x]y', '\\u0023#vso[task.setvariable variable=x]y'],
  ['text ##VSO[task.uploadfile]/etc/passwd', 'text \\u0023#VSO[task.uploadfile]/etc/passwd'],
  ['a ##[add-mask]b', 'a \\u0023#[add-mask]b'],
  ['::set-output name=x::y', '\\u003a:set-output name=x::y'],
  ['  ::error::y', '  \\u003a:error::y'],
  ['a ## b, std::string', 'a ## b, std::string'],
])('%s is no command of a CI system', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('JSON holds no command either, and is the same value', () => {
  const value = { description: '##vso[task.setvariable variable=x]y ##[group]' };
  const shown = visibleJson(JSON.stringify(value));
  expect([shown.includes('##'), JSON.parse(shown)]).toEqual([false, value]);
});

test('a backslash before a pipe does not end code in a table', () => {
  expect(markdownCode('x\\|<img src=x>')).toBe('`x\\\\u007c<img src=x>`');
  expect(markdownCode('a|b')).toBe('`a\\|b`');
});
