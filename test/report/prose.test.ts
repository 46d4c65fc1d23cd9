import { expect, test } from 'vitest';
import { markdownProse, prose } from '../../src/report/prose.ts';

const html = (text: string) => prose(text).markup;

test.each([
  ['set `base:` for web', 'set <code>base:</code> for web', 'set `base:` for web'],
  ['`regild plan`', '<code>regild plan</code>', '`regild plan`'],
  ['by `a`, `b` (or `c`).', 'by <code>a</code>, <code>b</code> (or <code>c</code>).', 'by `a`, `b` (or `c`).'],
  ['nothing typed', 'nothing typed', 'nothing typed'],
  ['one ` alone', 'one ` alone', 'one \\` alone'],
  ['AMI "a`b`c" of x', 'AMI &quot;a`b`c&quot; of x', 'AMI "a\\`b\\`c" of x'],
  ['', '', ''],
])('%s', (text, page, markdown) => {
  expect([html(text), markdownProse(text)]).toEqual([page, markdown]);
});

test('what somebody else put between backticks is code and nothing more', () => {
  const text = 'step `</code><img src=x> | [a](b) @all` failed <b>';
  expect([html(text), markdownProse(text)]).toEqual([
    'step <code>&lt;/code&gt;&lt;img src=x&gt; | [a](b) @all</code> failed &lt;b&gt;',
    'step `</code><img src=x> \\| [a](b) @all` failed &lt;b&gt;',
  ]);
});
