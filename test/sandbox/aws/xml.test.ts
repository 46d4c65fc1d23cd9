import { expect, it } from 'vitest';
import { matchesWildcard } from '../../../src/model/wildcard.ts';
import { toXml } from '../../../src/sandbox/aws/xml.ts';

it('writes text that XML 1.0 can carry', () => {
  expect(toXml({ name: ']]> & <b a="1">\r\n\t\u0000\u202e', list: [1, { ok: true }], none: undefined })).toBe(
    '<name>]]&gt; &amp; &lt;b a=&quot;1&quot;&gt;&#13;\n\t\ufffd\u202e</name><list><item>1</item><item><ok>true</ok></item></list>',
  );
});

it.each([
  ['web-*', 'web-golden', true],
  ['web-?', 'web-golden', false],
  ['*.golden', 'webxgolden', false],
  ['a\\*c', 'a*c', true],
  ['a\\*c', 'abc', false],
  ['Web', 'web', false],
  ['*', 'two\nlines', true],
  ['${env("PATH")}*', '${env("PATH")}"; rm -rf / #', true],
])('the filter %s on %j gives %s', (pattern, text, matches) => {
  expect(matchesWildcard(pattern, text)).toBe(matches);
});
