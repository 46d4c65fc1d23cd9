import { expect, test } from 'vitest';
import type { ImageReport } from '../../src/model/index.ts';
import { factsOf } from '../../src/report/facts.ts';
import { EXPLAINED, REPORT } from './fixture.ts';

/** The licence line of an image on a base, deployed with a licence type or without. */
function licenceLine(licence: 'payg' | 'byos', deploymentLicenseType: string | undefined): string | undefined {
  const [image] = REPORT.images;
  const { match, plan } = EXPLAINED;
  if (image === undefined || match.chosen === undefined) throw new Error('the fixture has no image that was matched');
  const chosen = { ...match.chosen, licence };
  const shown: ImageReport = { ...image, match: { ...match, chosen }, plan: { ...plan, deploymentLicenseType } };
  return factsOf(shown).find(({ label }) => label === 'licence')?.value;
}

test('Azure Hybrid Benefit is an own licence on a base that is billed otherwise', () => {
  expect(licenceLine('payg', 'Windows_Server')).toBe('byos (Azure Hybrid Benefit: deploy with licenseType Windows_Server)');
});

test('an own licence on a base without one in its price is no benefit', () => {
  expect(licenceLine('byos', 'Windows_Client')).toBe('byos (deploy with licenseType Windows_Client)');
  expect(licenceLine('byos', undefined)).toBe('byos');
  expect(licenceLine('payg', undefined)).toBe('payg');
});
