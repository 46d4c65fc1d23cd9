import { expect, test } from 'vitest';
import { memoryTree } from '../fakes/memory-tree.ts';

const text = async (bytes: Promise<Uint8Array | undefined>) => new TextDecoder().decode((await bytes) ?? new Uint8Array());

test('links end inside the image, wherever they point', async () => {
  const tree = memoryTree({
    '/etc/passwd': 'inside',
    '/up': { link: '../../../../../etc/passwd' },
    '/abs': { link: '/etc' },
    '/deep/er/link': { link: '../../abs/passwd' },
    '/nowhere': { link: '/does/not/exist' },
    '/a': { link: 'b' },
    '/b': { link: 'a' },
  });
  expect(await text(tree.read('/up'))).toBe('inside');
  expect(await text(tree.read('/abs/passwd'))).toBe('inside');
  expect(await text(tree.read('/deep/er/link'))).toBe('inside');
  expect(await text(tree.read('/../../etc/passwd'))).toBe('inside');
  expect(await tree.stat('/nowhere')).toBeUndefined();
  expect((await tree.stat('/nowhere', false))?.type).toBe('symlink');
  expect(await tree.readlink('/abs')).toBe('/etc');
  expect((await tree.list('/abs'))?.map(({ path }) => path)).toEqual(['/abs/passwd']);
  await expect(tree.stat('/a')).rejects.toThrow('/a: more than 40 links');
});

test('a part of a file', async () => {
  expect(await text(memoryTree({ '/f': '0123456789' }).read('/f', { offset: 3, length: 4 }))).toBe('3456');
});
