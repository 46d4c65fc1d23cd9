import { expect, test } from 'vitest';
import { linesOf } from '../../src/guest/steps/index.ts';
import type { Site } from '../../src/guest/steps/step.ts';
import type { Provisioner } from '../../src/model/index.ts';

const bytes = Buffer.from(Array.from({ length: 100 }, (_, index) => index * 2));
const copy = (to: string): Provisioner => ({
  kind: 'file',
  id: 'customize-1-file',
  title: 'copy',
  phase: 'customize',
  from: 'logo.png',
  to,
  content: bytes.toString('base64'),
  encoding: 'base64',
  sha256: '0'.repeat(64),
});
const site: Site = {
  file: 'steps/03-customize-1-file',
  identity: undefined,
  text: () => '',
  folder: () => [],
};
const wrapped = `${bytes.toString('base64').slice(0, 76)}\n${bytes.toString('base64').slice(76)}\n`;

test('Linux decodes in the guest folder, and puts the bytes in place', () => {
  expect(linesOf(copy("/srv/it's/logo.png"), 'linux', site)).toEqual({
    files: [
      {
        path: 'steps/03-customize-1-file.sh',
        content:
          'base64 -d /opt/regild/steps/03-customize-1-file.base64 > /opt/regild/steps/03-customize-1-file\n' +
          "install -D -m 0644 -- /opt/regild/steps/03-customize-1-file '/srv/it'\\''s/logo.png'\n",
      },
      { path: 'steps/03-customize-1-file.base64', content: wrapped },
    ],
    lines: ['sh -e /opt/regild/steps/03-customize-1-file.sh'],
  });
});

test('Windows decodes in memory', () => {
  expect(linesOf(copy('C:\\app\\logo.png'), 'windows', site)).toEqual({
    files: [{ path: 'steps/03-customize-1-file.base64', content: wrapped }],
    lines: [
      "$ErrorActionPreference = 'Stop'",
      "[void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName('C:\\app\\logo.png'))",
      "[IO.File]::WriteAllBytes('C:\\app\\logo.png', [Convert]::FromBase64String([IO.File]::ReadAllText('C:\\regild\\steps\\03-customize-1-file.base64')))",
    ],
  });
});
