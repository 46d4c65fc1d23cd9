import { expect, test } from 'vitest';
import { expandGlob, shellPattern, shellPatterns } from '../../src/inspect/glob.ts';
import { linePattern } from '../../src/inspect/text-match.ts';
import { memoryTree } from '../fakes/memory-tree.ts';

test.each([
  ['aws-*', 'aws-cli', true],
  ['aws-*', 'laws-cli', false],
  ['a?c', 'abc', true],
  ['[!a]bc', 'abc', false],
  ['a.c', 'abc', false],
  ['/opt/*', '/opt/a/b', true],
  ['lib[gx]++', 'libg++', true],
])('the pattern %s over %s', (pattern, text, matches) => {
  expect(shellPattern(pattern).test(text)).toBe(matches);
  expect([[pattern], ['x', pattern, '/y/*']].map((some) => shellPatterns(some).test(text))).toEqual([matches, matches]);
});

test('of several patterns each is over the whole text, and none fits nothing', () => {
  const either = shellPatterns(['a', 'b*']);
  expect(['a', 'b', 'bc', 'ab', 'xa', 'cb', ''].filter((text) => either.test(text))).toEqual(['a', 'b', 'bc']);
  expect(['', 'a'].filter((text) => shellPatterns([]).test(text))).toEqual([]);
});

test('globs go level by level, leave hidden files out, and do not follow a link at the end', async () => {
  const tree = memoryTree({ '/a/x1/f': '', '/a/x2/f': '', '/a/.x3/f': '', '/a/y/f': '', '/a/x4': { link: 'y' } });
  const paths = async (glob: string) => (await expandGlob(tree, glob)).map(({ path, type }) => `${path} ${type}`);
  expect(await paths('/a/x*')).toEqual(['/a/x1 directory', '/a/x2 directory', '/a/x4 symlink']);
  expect(await paths('/a/*/f')).toEqual(['/a/x1/f file', '/a/x2/f file', '/a/x4/f file', '/a/y/f file']);
  expect(await paths('/a/.x*')).toEqual(['/a/.x3 directory']);
  expect(await paths('/b/*')).toEqual([]);
});

test("grep's classes of characters", () => {
  expect(linePattern('^[^#].*([[:space:]]efs[[:space:]])').test('fs-1 /mnt\tefs _netdev')).toBe(true);
  expect(linePattern('[[:digit:][:space:]]x').test('7x')).toBe(true);
});
