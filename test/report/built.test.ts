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
            built: [
              { id: 'app-licence', status: 'fail' as const, detail: 'no licence' },
              { id: 'app-up', status: 'pass' as const, detail: '' },
              { id: 'app-mail', status: 'skip' as const, detail: 'answered for: <none>' },
            ],
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
  ['text', 'app-up passed'],
  ['markdown', 'app-up passed'],
  ['html', 'app-up passed'],
  ['json', '"id": "app-up"'],
  ['junit', '<testcase name="app-up" classname="web-golden.checks.build" time="0.000"/>'],
  ['text', 'app-mail skipped (answered for: <none>)'],
  ['html', 'app-mail skipped (answered for: &lt;none&gt;)'],
  [
    'junit',
    '<testcase name="app-mail" classname="web-golden.checks.build" time="0.000"><skipped message="answered for: &lt;none&gt;"/></testcase>',
  ],
] as const)('%s tells what a check said in the build VM: %s', (format, words) => {
  expect(rendered(BUILT, format)).toContain(words);
  expect(rendered(REPORT, format)).not.toContain(words);
});

test('a finding that stopped nothing is no failure, and what is answered for is skipped', () => {
  const counted = (report: typeof REPORT, word: string) => Number(new RegExp(`${word}="(\\d+)"`).exec(rendered(report, 'junit'))?.[1]);
  expect(counted(BUILT, 'failures')).toBe(counted(REPORT, 'failures'));
  expect(counted(BUILT, 'skipped')).toBe(counted(REPORT, 'skipped') + 1);
  expect(counted(BUILT, 'tests')).toBe(counted(REPORT, 'tests') + 3);
});
