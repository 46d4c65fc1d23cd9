import { expect, test } from 'vitest';
import { fleetOf, told } from './told.ts';

const REFUSAL =
  'regild builds no confidential images: they need a confidential VM to build on and an encryption of their own; see shared-image-galleries';

test.each(['ConfidentialVM', 'ConfidentialVMSupported', 'TrustedLaunchAndConfidentialVmSupported'])(
  '%s is refused with the reason',
  (value) => {
    expect(told(fleetOf(`  web:\n    security: ${value}\n`))).toEqual([
      `7:15 VALUE_INVALID [web] security "${value}" is not one of auto, Standard, TrustedLaunchSupported, TrustedLaunch | ${REFUSAL}`,
    ]);
  },
);

test('a misspelt security type still gets the nearest one', () => {
  expect(told(fleetOf('  web:\n    security: TrustedLaunchSuported\n'))).toEqual([
    '7:15 VALUE_INVALID [web] security "TrustedLaunchSuported" is not one of auto, Standard, TrustedLaunchSupported, TrustedLaunch | did you mean `TrustedLaunchSupported`?',
  ]);
});
