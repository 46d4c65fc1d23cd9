import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { guestScriptFiles, guestSteps } from '../../src/guest/row.ts';
import { libraryFiles } from '../../src/guest/scripts.ts';
import { Phase } from '../../src/model/index.ts';

const ROOT = new URL('../../', import.meta.url);

test.each(['linux', 'windows'] as const)('on %s the steps follow the phases and end with generalize', (os) => {
  const steps = guestSteps(os);
  const order = steps.map(({ phase }) => Phase.options.indexOf(phase));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(steps.map(({ phase }) => phase)).toEqual(expect.arrayContaining(Phase.options.filter((phase) => phase !== 'customize')));
  expect(steps.at(-1)?.id).toBe('generalize');
  expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
});

test.each(['linux', 'windows'] as const)('on %s the room of a larger disk is given away before anything is installed into it', (os) => {
  expect(guestSteps(os).map(({ id }) => id)[1]).toBe('grow');
});

test('in a phase the replacement is written before the AWS part is removed, but for the boot loader, which is made again at the end', () => {
  const scripts = guestSteps('linux').map(({ script, arguments: words }) => [script.split('/').at(-1), ...words].join(' '));
  for (const [first, second] of [
    ['add-azure.sh', 'remove-aws.sh remove-aws'],
    ['configure.sh', 'remove-aws.sh configure'],
    ['network.sh', 'remove-aws.sh network'],
    ['remove-aws.sh boot', 'boot.sh'],
    ['inventory.sh after', 'record.sh'],
    ['leak-scan.sh guest', 'generalize.sh'],
  ] as const) {
    expect(scripts.indexOf(first)).toBeGreaterThanOrEqual(0);
    expect(scripts.indexOf(first)).toBeLessThan(scripts.indexOf(second));
  }
});

test('the library, every script that a step names and the checks that are asked must be in the guest', () => {
  const subjects = [
    'system',
    'packages',
    'boot',
    'units',
    'accounts',
    'files',
    'settings',
    'network',
    'logins',
    'answers',
    'components',
  ].map((name) => `lib/${name}`);
  const steps = [
    'inventory',
    'grow',
    'add-azure',
    'remove-aws',
    'configure',
    'network',
    'boot',
    'leak-scan',
    'record',
    'checks',
    'generalize',
  ];
  expect(guestScriptFiles('linux', ['azl-09-fstab'])).toEqual(
    ['lib', ...subjects, ...steps, 'checks/azl-09-fstab'].map((name) => `scripts/linux/${name}.sh`),
  );
  expect(guestScriptFiles('windows', [])).toEqual(
    [
      ...['lib', 'lib/programs', 'lib/system', 'lib/registry', 'lib/answers', 'lib/components'],
      ...['inventory', 'grow', 'add-azure', 'remove-aws', 'configure', 'leak-scan', 'record', 'checks', 'generalize'],
    ].map((name) => `scripts/windows/${name}.ps1`),
  );
});

test.each([
  ['linux', /^ {2}\. "\$REGILD_HOME\/(lib\/.*\.sh)"$/gm],
  ['windows', /^ {4}\. \(Join-Path \$PSScriptRoot '(lib\\.*\.ps1)'\)$/gm],
] as const)('on %s the library loads the files that are delivered, and there are no others', async (os, loads) => {
  const [lib = '', ...parts] = libraryFiles(os);
  const names = parts.map((path) => path.split('/').slice(2).join('/'));
  const loaded = [...(await readFile(new URL(lib, ROOT), 'utf8')).matchAll(loads)].map(([, path = '']) => path.replace('\\', '/'));
  expect(loaded).toEqual(names);
  expect((await readdir(new URL(`scripts/${os}/lib/`, ROOT))).toSorted()).toEqual(
    names.map((name) => name.slice('lib/'.length)).toSorted(),
  );
});
