import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { deploymentLicenseType } from '../../src/plan/licence-type.ts';

const catalog = await loadCatalog();

test.each([
  ['byos', 'rhel', 'payg', 'RHEL_BYOS'],
  ['byos', 'rhel', 'byos', undefined],
  ['payg', 'rhel', 'payg', undefined],
  ['byos', 'sles', 'payg', 'SLES_BYOS'],
  ['byos', 'sles', 'byos', undefined],
  ['byos', 'windows-server', 'payg', 'Windows_Server'],
  ['payg', 'windows-server', 'payg', undefined],
  ['byos', 'windows-client', 'byos', 'Windows_Client'],
  ['byos', 'ubuntu', 'free', undefined],
  [undefined, 'rhel', 'payg', undefined],
] as const)('licence %s on %s (%s): licenseType %s', (licence, distro, base, expected) => {
  expect(deploymentLicenseType(licence, { distro, licence: base }, catalog)).toBe(expected);
});
