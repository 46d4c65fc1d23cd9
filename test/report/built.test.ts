import { expect, test } from 'vitest';
import { REPORT, rendered } from './fixture.ts';

const message = 'before the image was generalized, the check app-licence failed: no licence';
const BUILT = {
  ...REPORT,
  images: REPORT.images.map((image) =>
    image.validation === undefined
      ? image
      : {
          ...image,
          validation: {
            ...image.validation,
            built: [{ id: 'app-licence', status: 'fail' as const, detail: 'no licence' }],
            issues: [
              ...image.validation.issues,
              { severity: 'warning' as const, code: 'BUILD_CHECK_FAILED' as const, message, image: image.image },
            ],
          },
        },
  ),
};

test.each([
  ['text', message],
  ['markdown', message],
  ['html', message],
  ['json', message],
  [
    'junit',
    '<testcase name="app-licence" classname="web-golden.checks.build" time="0.000"><system-out>fail: no licence</system-out></testcase>',
  ],
] as const)('%s tells what a check found in the build VM', (format, words) => {
  expect(rendered(BUILT, format)).toContain(words);
  expect(rendered(REPORT, format)).not.toContain(words);
});

test('a finding that stopped nothing is no failure', () => {
  const failures = (text: string) => /failures="(\d+)"/.exec(text)?.[1];
  expect(failures(rendered(BUILT, 'junit'))).toBe(failures(rendered(REPORT, 'junit')));
});
