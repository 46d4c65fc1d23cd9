import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hclString } from '../../../src/engines/encode.ts';
import { stepNames } from '../../../src/engines/packer/step-names.ts';

function template(content: string) {
  return {
    kind: 'RenderedTemplate',
    schemaVersion: 1,
    image: 'web',
    engine: 'packer',
    files: [{ path: 'build.pkr.hcl', content }],
    issues: [],
  } as unknown as Parameters<typeof stepNames>[0];
}

test('a rendered folder names every step that Packer announces, and no upload', () => {
  const folder = join(import.meta.dirname, '../../scenarios/rhel-9/expected/packer/build.pkr.hcl');
  const content = readFileSync(folder, 'utf8');
  const names = stepNames(template(content));
  expect(names).toHaveLength((content.match(/^ {2}provisioner "(?!file)/gm) ?? []).length);
  expect([names[0], names.at(-1)]).toEqual(["put the guest's files in place", 'clean up, scan again and deprovision']);
});

test.each(['plain', 'a "quoted" \\ name', '${var.x} %{ if }', 'two\nlines', 'é 日本'])('%j comes back as it was written', (name) => {
  expect(stepNames(template(`  provisioner "shell" {\n    name = ${hclString(name)}\n  }\n`))).toEqual([name]);
});
