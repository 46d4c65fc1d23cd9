import { expect, test } from 'vitest';
import { REPORT, rendered } from './fixture.ts';

/** Every VM twice, as `test.shapes: pairs` boots them: the second without Trusted Launch. */
const report = {
  ...REPORT,
  images: REPORT.images.map((image) =>
    image.validation === undefined
      ? image
      : {
          ...image,
          validation: { ...image.validation, vms: image.validation.vms.flatMap((vm) => [vm, { ...vm, ordinary: true as const }]) },
        },
  ),
};

test.each([
  ['text', 'Standard_D2s_v5 (SCSI, no Trusted Launch)'],
  ['markdown', 'test VM Standard_D2s_v5 (SCSI, no Trusted Launch)'],
  ['html', 'Standard_D2s_v5 (SCSI, no Trusted Launch)'],
  ['junit', '<testcase name="waagent" classname="web-golden.checks.Standard_D2s_v5-SCSI-ordinary"'],
  ['json', '"ordinary": true'],
] as const)('%s tells a VM without Trusted Launch from one with it', (format, words) => {
  expect(rendered(report, format)).toContain(words);
  expect(rendered(REPORT, format)).not.toContain(words);
});
