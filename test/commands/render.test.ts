import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderVerb } from '../../src/commands/render.ts';
import { call, fakeIo } from './fake-io.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'render-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The shipped manifest, its image changed. */
function writeManifest(change: object): void {
  const manifest = parse(readFileSync(join(import.meta.dirname, '../../images.yaml'), 'utf8'));
  const [[name, entry] = ['web', {}]] = Object.entries<object>(manifest.images);
  writeFileSync(join(folder, 'images.yaml'), JSON.stringify({ ...manifest, images: { [name]: { ...entry, customize: [], ...change } } }));
}

test('what an engine leaves out of the files is said, though the files are written', async () => {
  writeManifest({ engine: 'image-builder', customize: [{ restart: true }] });
  const heard = fakeIo(folder);
  expect(await call(renderVerb, ['--sandbox'], heard)).toBe(2);
  expect(heard.stdout()).toContain('template.json');
  expect(heard.stderr()).toContain('image-builder cannot restart a Linux build VM, as the step customize-1-restart asks');
  expect(heard.stderr()).toContain('use `engine: packer`, or a step that needs no restart');
});

test('where the engine is open, the one that can do it is rendered, and nothing is left to say', async () => {
  writeManifest({ customize: [{ restart: true }] });
  const heard = fakeIo(folder);
  expect(await call(renderVerb, ['--sandbox'], heard)).toBe(0);
  expect(heard.stdout()).toContain('build.pkr.hcl');
  expect(heard.stderr()).not.toContain('is left out');
});
