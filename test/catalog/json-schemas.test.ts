import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { factJsonSchemas } from '../../src/catalog/json-schemas.ts';

const catalog = join(import.meta.dirname, '../../src/catalog');
const folders = [...factJsonSchemas()];

/** To write the schemas anew after a change: `npx vitest run test/catalog/json-schemas.test.ts -u`. */
describe.each(folders)('%s', (folder, schema) => {
  test('the committed JSON Schema is the one that the code gives', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(join(catalog, `schemas/${folder}.schema.json`));
  });

  test('every fact file holds to it', () => {
    const read = z.fromJSONSchema({ ...schema });
    const broken = readdirSync(join(catalog, folder))
      .filter((name) => name.endsWith('.yaml'))
      .filter((name) => !read.safeParse(parse(readFileSync(join(catalog, folder, name), 'utf8'))).success);
    expect(broken).toEqual([]);
  });

  test('a misspelt key is none of it', () => {
    const read = z.fromJSONSchema({ ...schema });
    const [name = ''] = readdirSync(join(catalog, folder)).filter((one) => one.endsWith('.yaml'));
    const fact: unknown = parse(readFileSync(join(catalog, folder, name), 'utf8'));
    expect(read.safeParse({ ...(fact as object), souce: ['x'] }).success).toBe(false);
  });
});

test('editors are told where each schema is', () => {
  const mapping = readFileSync(join(catalog, '../../docs/reference/catalog.md'), 'utf8');
  expect(
    folders.filter(([folder]) => !mapping.includes(`"src/catalog/schemas/${folder}.schema.json": "src/catalog/${folder}/*.yaml"`)),
  ).toEqual([]);
});
