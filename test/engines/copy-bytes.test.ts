import { expect, test } from 'vitest';
import { linuxWork } from '../../src/guest/steps/linux-work.ts';
import { windowsWork } from '../../src/guest/steps/windows-work.ts';
import type { Provisioner } from '../../src/model/index.ts';
import { linuxPlan, windowsPlan } from './fixtures.ts';

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
const wrapped = `${bytes.toString('base64').slice(0, 76)}\n${bytes.toString('base64').slice(76)}\n`;

test('Linux decodes in the guest folder, and puts the bytes in place', () => {
  const texts = { own: new Map(), user: new Map(), folders: new Map() };
  expect(linuxWork(copy("/srv/it's/logo.png"), 'steps/03-customize-1-file', linuxPlan(), texts)).toEqual({
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
  expect(windowsWork(copy('C:\\app\\logo.png'), 'steps/03-customize-1-file', windowsPlan())).toEqual({
    files: [{ path: 'steps/03-customize-1-file.base64', content: wrapped }],
    lines: [
      "$ErrorActionPreference = 'Stop'",
      "[void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName('C:\\app\\logo.png'))",
      "[IO.File]::WriteAllBytes('C:\\app\\logo.png', [Convert]::FromBase64String([IO.File]::ReadAllText('C:\\regild\\steps\\03-customize-1-file.base64')))",
    ],
  });
});
