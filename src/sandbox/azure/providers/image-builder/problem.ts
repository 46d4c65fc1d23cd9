import { type ArmError, armError } from '../../errors.ts';

/** What keeps a template from being created. `code` is a provisioningErrorCode of the description, and goes into `properties.provisioningError`. */
export function refused(code: string, message: string): ArmError {
  return armError(400, code, message);
}

/** Codes that `provisioningError` may hold. */
const CODES: readonly string[] = [
  'BadPIRSource',
  'BadManagedImageSource',
  'BadSharedImageVersionSource',
  'UnsupportedCustomizerType',
  'NoCustomizerScript',
  'UnsupportedValidatorType',
  'NoValidatorScript',
  'BadSharedImageDistribute',
  'BadStagingResourceGroup',
];

/** The provisioning error code for an error: its own where the description knows it. */
export function provisioningCode(code: string): string {
  return CODES.includes(code) ? code : 'Other';
}
