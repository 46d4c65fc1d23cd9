import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explainLog, signatureOf } from '../../src/failures/explain.ts';

function log(name: string): readonly string[] {
  return readFileSync(join(import.meta.dirname, 'fixtures', `${name}.log`), 'utf8').split('\n');
}

test.each([
  [
    'reserved',
    'an update is still being installed and uses reserved storage: let it end before Sysprep: add an `updates` step and a `restart` as the last customization',
  ],
  [
    'sense',
    'the machine is onboarded to Defender for Endpoint, which guards its identity: onboard when a VM starts, never in the image: remove the onboarding step, or run the offboarding script of your tenant before Sysprep',
  ],
  [
    'cbs',
    'Windows servicing (CBS) does not answer: it is busy, or waits for a restart: add a `restart` as the last customization, and a second one where a feature or language was added',
  ],
  [
    'dsc',
    'the clean-up of PowerShell DSC failed: Sysprep ran on this machine before: do not run Sysprep in a step of your own: regild runs it last, once',
  ],
])('setuperr.log of %s is explained by its first error', (name, hint) => {
  expect(explainLog(log(name))?.hint).toBe(hint);
});

test('the lines that Sysprep writes for every failure explain nothing', () => {
  const always = [
    'SYSPRP RunPlatformActions:Failed while validating Sysprep session actions; dwRet = 0x5',
    'SYSPRP RunDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. dwRet = 0x5',
    'SYSPRP WinMain:Hit failure while pre-validate sysprep cleanup internal providers; hr = 0x80070005',
  ];
  expect(always.map(signatureOf)).toEqual([undefined, undefined, undefined]);
});
