import { expect, test } from 'vitest';
import { ReportedPlan, ReportedTemplate, reportedPlan, reportedTemplate, sha256 } from '../../src/model/index.ts';
import { aPlan } from '../fakes/values.ts';

const COPY = { kind: 'file', id: 'customize-1-file', title: 'copy a to /a', phase: 'customize', from: 'a', to: '/a' } as const;
const SHELL = { kind: 'shell', id: 'customize-2-shell', title: 'shell: true', phase: 'customize', lines: ['true'] } as const;

test('the plan in a report names its files by length in bytes and hash, and is the plan otherwise', () => {
  const plan = aPlan({
    guestFiles: [{ path: 'tables/ä', content: 'ä\n' }],
    provisioners: [
      { ...COPY, content: 'ä', sha256: sha256('ä') },
      { ...COPY, content: 'AAH/', encoding: 'base64', sha256: sha256(Buffer.from([0, 1, 255])) },
      SHELL,
    ],
  });
  const reported = reportedPlan(plan);
  expect(reported).toStrictEqual({
    ...plan,
    guestFiles: [{ path: 'tables/ä', bytes: 3, sha256: sha256('ä\n') }],
    provisioners: [{ ...COPY, bytes: 2, sha256: sha256('ä') }, { ...COPY, bytes: 3, sha256: sha256(Buffer.from([0, 1, 255])) }, SHELL],
  });
  expect(ReportedPlan.parse(reported)).toEqual(reported);
});

test('the template in a report names its files', () => {
  const template = { kind: 'RenderedTemplate', schemaVersion: 1, image: 'web', engine: 'packer', digest: 'd', issues: [] } as const;
  const reported = reportedTemplate({ ...template, files: [{ path: 'image.pkr.hcl', content: 'build {}\n' }] });
  expect(reported).toStrictEqual({ ...template, files: [{ path: 'image.pkr.hcl', bytes: 9, sha256: sha256('build {}\n') }] });
  expect(ReportedTemplate.parse(reported)).toEqual(reported);
});
