import { expect, test } from 'vitest';
import { alignHcl } from '../../../src/engines/packer/align.ts';

test('aligns neighbours and ends a group at a gap, a comment, a block and a list', () => {
  const text = [
    'a = 1',
    'long_name = "x = y"',
    '',
    'b = 2',
    '# comment',
    'cc = 3',
    'list = [',
    '  1,',
    ']',
    'dd = 4',
    'e = {',
    '  "ä" = 1',
    '  "\\"q" = 2',
    '}',
    '',
  ];
  expect(alignHcl(text.join('\n')).split('\n')).toEqual([
    'a         = 1',
    'long_name = "x = y"',
    '',
    'b = 2',
    '# comment',
    'cc = 3',
    'list = [',
    '  1,',
    ']',
    'dd = 4',
    'e = {',
    '  "ä"   = 1',
    '  "\\"q" = 2',
    '}',
    '',
  ]);
});
