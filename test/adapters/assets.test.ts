import { expect, test } from 'vitest';
import { createAssets } from '../../src/adapters/assets.ts';

const ROOT = `${import.meta.dirname}/../..`;
const SCRIPT = 'scripts/linux/measure.sh';

test('what a function makes of a file of the installation is made once, and another function makes its own', async () => {
  const assets = createAssets(ROOT, ROOT);
  const made: string[] = [];
  const length = (text: string, path: string) => {
    made.push(path);
    return text.length;
  };
  const first = (text: string) => text.split('\n')[0];
  const text = await assets.own(SCRIPT);
  const asked = [assets.ownAs(SCRIPT, length), assets.ownAs(SCRIPT, first), assets.ownAs(SCRIPT, length), assets.ownAs('LICENSE', length)];
  expect(await Promise.all(asked)).toEqual([text.length, '#!/bin/sh', text.length, (await assets.own('LICENSE')).length]);
  expect(await assets.ownAs(SCRIPT, length)).toBe(text.length);
  const licence = (await assets.own('LICENSE')).length;
  expect([...(await assets.allOwnAs([SCRIPT, 'LICENSE', SCRIPT], length))]).toEqual([
    [SCRIPT, text.length],
    ['LICENSE', licence],
  ]);
  expect(made).toEqual([SCRIPT, 'LICENSE']);
});

test('a file that the installation lacks is told whoever asks for it', async () => {
  const assets = createAssets(ROOT, ROOT);
  const length = (text: string) => text.length;
  const lacks = { code: 'FILE_NOT_FOUND', message: 'the installation lacks its own file scripts/none.sh' };
  for (const ask of [assets.own('scripts/none.sh'), assets.ownAs('scripts/none.sh', length), assets.ownAs('scripts/none.sh', length)])
    await expect(ask).rejects.toMatchObject(lacks);
  for (const _ of ['at first', 'and again'])
    await expect(assets.allOwnAs([SCRIPT, 'scripts/none.sh'], length)).rejects.toMatchObject(lacks);
});
