import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { manifestJsonSchema, parseManifest } from '../../src/manifest/index.ts';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the committed schema is the one that the code gives', async () => {
  await expect(`${JSON.stringify(manifestJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('../../src/manifest/images.schema.json');
});

test.each(['images.yaml', 'docs/examples/fleet.yaml'])(
  '%s is a manifest without problems, and names the schema in its first line',
  async (path) => {
    const text = await read(path);
    const { specs, issues } = parseManifest(text, path, {});
    expect(issues).toEqual([]);
    expect(specs.length).toBeGreaterThan(0);
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)/.exec(text) ?? [];
    expect(new URL(schema, new URL(`../../${path}`, import.meta.url)).href).toBe(
      new URL('../../src/manifest/images.schema.json', import.meta.url).href,
    );
  },
);

/** Every subschema with its JSON pointer. */
function parts(schema: unknown, pointer = ''): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = Object.fromEntries(Object.entries(schema));
  return [[pointer, own], ...Object.entries(own).flatMap(([key, value]) => parts(value, `${pointer}/${key}`))];
}

test('every key that a user can write is described', () => {
  const keys = parts(manifestJsonSchema()).filter(([pointer]) => /\/properties\/[^/]+$/.test(pointer));
  expect(keys.length).toBeGreaterThan(50);
  expect(keys.filter(([, { description }]) => description === undefined).map(([pointer]) => pointer)).toEqual([]);
});

test('wherever a text has a pattern or fixed words, a variable may stand', () => {
  const subschemas = parts(manifestJsonSchema()).filter(([pointer]) => !pointer.endsWith('/propertyNames'));
  const patterns = subschemas.flatMap(([pointer, { pattern }]) =>
    typeof pattern === 'string' ? [{ pointer, accepts: new RegExp(pattern).test('${NAME:-x}') }] : [],
  );
  expect(patterns.filter(({ accepts }) => !accepts)).toEqual([]);
  const words = subschemas.filter(([pointer, { enum: fixed }]) => fixed !== undefined && !/\/anyOf\/0$/.test(pointer));
  expect(words.map(([pointer]) => pointer)).toEqual([]);
});
