import { expect, test } from 'vitest';
import { type Report, type ReportedValidation, type TestedVm, vmName, vmWord } from '../../src/model/index.ts';
import { renderExplanation } from '../../src/report/index.ts';
import { EXPLAINED, REPORT, rendered } from './fixture.ts';

/** Every VM twice: as itself and as a copy that is changed. */
function twice(change: Partial<TestedVm>): Report {
  const vms = (report: ReportedValidation) => report.vms.flatMap((vm) => [vm, { ...vm, ...change }]);
  const images = REPORT.images.map((image) =>
    image.validation === undefined ? image : { ...image, validation: { ...image.validation, vms: vms(image.validation) } },
  );
  return { ...REPORT, images };
}

test.each([
  ['text', 'Standard_D2s_v5 (SCSI, no Trusted Launch)'],
  ['markdown', 'test VM Standard_D2s_v5 (SCSI, no Trusted Launch)'],
  ['html', 'Standard_D2s_v5 (SCSI, no Trusted Launch)'],
  ['junit', '<testcase name="waagent" classname="web-golden.checks.Standard_D2s_v5-SCSI-ordinary"'],
  ['json', '"ordinary": true'],
] as const)('%s tells a VM without Trusted Launch from one with it', (format, words) => {
  expect(rendered(twice({ ordinary: true }), format)).toContain(words);
  expect(rendered(REPORT, format)).not.toContain(words);
});

test.each([
  ['text', 'Standard_D2s_v5 (SCSI) in westeurope'],
  ['markdown', 'test VM Standard_D2s_v5 (SCSI) in westeurope'],
  ['html', 'Standard_D2s_v5 (SCSI) in westeurope'],
  ['junit', '<testcase name="waagent" classname="web-golden.checks.Standard_D2s_v5-SCSI-westeurope"'],
  ['json', '"location": "westeurope"'],
] as const)('%s tells a VM of another region', (format, words) => {
  expect(rendered(twice({ location: 'westeurope' }), format)).toContain(words);
  expect(rendered(REPORT, format)).not.toContain(words);
});

test('a VM is named by all that tells it from others', () => {
  const vm = { vmSize: 'Standard_D2s_v5', controller: 'SCSI', ordinary: true, location: 'westeurope' } as const;
  expect([vmName(vm), vmWord(vm)]).toEqual([
    'Standard_D2s_v5 (SCSI, no Trusted Launch) in westeurope',
    'Standard_D2s_v5-SCSI-ordinary-westeurope',
  ]);
});

test('explain says what a test in other regions costs, and which it leaves out', () => {
  const { analysis, match, plan } = EXPLAINED;
  const shapes = [...plan.test.shapes, { vmSize: 'Standard_D2s_v5', controller: 'SCSI', location: 'swedencentral' } as const];
  const regions = [...plan.regions, { name: 'uksouth', replicas: 1, storage: 'Standard_LRS' as const }];
  const lines = renderExplanation(analysis, match, { ...plan, regions, test: { ...plan.test, shapes } }).split('\n');
  expect(lines.flatMap((line) => /^│ {2}├─ ((?:replicated|not booted).*)/.exec(line)?.[1] ?? [])).toEqual([
    'replicated to swedencentral to be booted there, staged: the replicas are paid for also when a test fails',
    'not booted in uksouth before it is latest there (`test.regions`)',
  ]);
});
