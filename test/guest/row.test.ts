import { expect, test } from 'vitest';
import { guestScriptFiles, guestSteps } from '../../src/guest/row.ts';
import { Phase } from '../../src/model/index.ts';

test.each(['linux', 'windows'] as const)('on %s the steps follow the phases and end with generalize', (os) => {
  const steps = guestSteps(os, 'any');
  const order = steps.map(({ phase }) => Phase.options.indexOf(phase));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(steps.map(({ phase }) => phase)).toEqual(expect.arrayContaining(Phase.options.filter((phase) => phase !== 'customize')));
  expect(steps.at(-1)?.id).toBe('generalize');
  expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
});

test('in a phase the replacement is written before the AWS part is removed, but for the boot loader, which is made again at the end', () => {
  const scripts = guestSteps('linux', 'any').map(({ script, arguments: words }) => [script.split('/').at(-1), ...words].join(' '));
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

test('the library and every script that a step names must be in the guest', () => {
  expect(guestScriptFiles('linux')).toEqual(
    ['lib', 'inventory', 'add-azure', 'remove-aws', 'configure', 'network', 'boot', 'leak-scan', 'record', 'checks', 'generalize'].map(
      (name) => `scripts/linux/${name}.sh`,
    ),
  );
  expect(guestScriptFiles('windows')).toEqual(
    ['lib', 'inventory', 'add-azure', 'remove-aws', 'configure', 'leak-scan', 'record', 'checks', 'generalize'].map(
      (name) => `scripts/windows/${name}.ps1`,
    ),
  );
});
