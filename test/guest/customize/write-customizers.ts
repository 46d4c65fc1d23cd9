import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes each customizer of an Image Builder template as the shell script that the service makes of it, in order: `01`, `02` and so on.
 * `node write-customizers.ts <template.json> <folder>`. Source: Packer's shell provisioner, which runs `inline` under `/bin/sh -e`.
 */
const [template = '', folder = ''] = process.argv.slice(2);
const { properties } = JSON.parse(await readFile(template, 'utf8')) as {
  properties: { customize: readonly { type: string; name: string; inline: readonly string[] }[] };
};
await mkdir(folder, { recursive: true });
for (const [index, { type, inline }] of properties.customize.entries()) {
  if (type !== 'Shell') throw new Error(`a Linux build has only customizers of type Shell, this is ${type}`);
  await writeFile(join(folder, String(index + 1).padStart(2, '0')), ['#!/bin/sh -e', ...inline, ''].join('\n'), { mode: 0o755 });
}
