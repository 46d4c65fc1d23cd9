import { expect, test } from 'vitest';
import type { Catalog, Check } from '../../src/catalog/schema.ts';
import type { ImageSpec } from '../../src/model/index.ts';
import { planGates } from '../../src/plan/gates.ts';
import { aSpec } from '../fakes/values.ts';

const aCheck = (id: string, change: Partial<Check> = {}): Check => ({
  id,
  title: `${id} holds`,
  os: 'linux',
  stages: ['guest', 'test-vm'],
  severity: 'block',
  source: [],
  verified: '2026-11-21',
  ...change,
});
const checks = [
  aCheck('z-all'),
  aCheck('a-warn', { severity: 'warn', stages: ['guest'] }),
  aCheck('m-suse', { distros: ['sles'] }),
  aCheck('w-windows', { os: 'windows' }),
];
const gates = (answers: Partial<ImageSpec['checks']> = {}, distro = 'ubuntu') => {
  // Only the checks are looked at.
  const catalog = { checks } as unknown as Catalog;
  const {
    checks: kept,
    files,
    issues,
  } = planGates(aSpec({ checks: { add: [], skip: [], allowLeaks: [], answers: [], ...answers } }), 'linux', distro, catalog);
  return { checks: kept.map(({ id }) => id), files, issues };
};

test('a system has its own checks, by id', () => {
  expect(gates()).toEqual({
    checks: ['a-warn', 'z-all'],
    files: [{ path: 'checks.tsv', content: 'a-warn\twarn\tguest\nz-all\tblock\tguest,test-vm\n' }],
    issues: [],
  });
  expect(gates({}, 'sles').checks).toEqual(['a-warn', 'm-suse', 'z-all']);
});

test('a check that is left out is said where it would stop the build', () => {
  expect(gates({ skip: ['z-all', 'a-warn'] })).toEqual({
    checks: [],
    files: [{ path: 'checks.tsv', content: '' }],
    issues: [
      {
        severity: 'warning',
        code: 'CHECK_SKIPPED',
        message: 'nobody looks whether z-all holds: checks.skip leaves out z-all, which would stop the build',
      },
    ],
  });
});

test('a name that is no check is an error; a check of another system is none', () => {
  expect(gates({ skip: ['a-wran', 'nothing-like-it', 'w-windows', 'm-suse'] }).issues).toEqual([
    {
      severity: 'error',
      code: 'CHECK_UNKNOWN',
      message: "checks.skip names 'a-wran', which is not a check",
      hint: 'docs/reference/checks.md lists them',
    },
    {
      severity: 'error',
      code: 'CHECK_UNKNOWN',
      message: "checks.skip names 'nothing-like-it', which is not a check",
      hint: 'docs/reference/checks.md lists them',
    },
  ]);
});

test("a check of the user's own is answered for like any other", () => {
  const own = { id: 'app-licence', title: 'a licence is there', severity: 'block', stages: ['guest'], added: true } as const;
  const answers = [{ id: 'app-licence', item: '*', reason: 'this image gets its licence at the first boot' }];
  const spec = aSpec({ checks: { add: [], skip: [], allowLeaks: [], answers } });
  // Only the checks are looked at.
  const { files, issues } = planGates(spec, 'linux', 'ubuntu', { checks } as unknown as Catalog, [own]);
  expect(files[1]).toEqual({ path: 'answers.tsv', content: 'app-licence\t*\tthis image gets its licence at the first boot\n' });
  expect(issues.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['info FINDING_ANSWERED']);
});

test('paths where the leak scan lets findings pass go to the guest, a line each, and are said', () => {
  const { files, issues } = gates({ allowLeaks: [{ path: '/opt/app/tests/*.pem', reason: 'test keys\tof a library' }] });
  expect({ files: files.slice(1), issues }).toEqual({
    files: [{ path: 'answers.tsv', content: 'S[LW]-*\t/opt/app/tests/*.pem\ttest keys of a library\n' }],
    issues: [{ severity: 'info', code: 'LEAK_ALLOWED', message: 'the leak scan lets /opt/app/tests/*.pem pass: test keys\tof a library' }],
  });
});

test('what somebody answers for goes to the guest with its reason, and a check that is none is an error', () => {
  const { files, issues } = gates({
    answers: [
      { id: 'SL-17', item: '/etc/salt/*', reason: 'a test master' },
      { id: 'azl-99-nothing', item: 'x', reason: 'y' },
    ],
  });
  expect({ files: files.slice(1), issues }).toEqual({
    files: [{ path: 'answers.tsv', content: 'SL-17\t/etc/salt/*\ta test master\nazl-99-nothing\tx\ty\n' }],
    issues: [
      {
        severity: 'error',
        code: 'CHECK_UNKNOWN',
        message: "checks.answers names 'azl-99-nothing', which is not a check",
        hint: 'docs/reference/checks.md lists them',
      },
      { severity: 'info', code: 'FINDING_ANSWERED', message: "SL-17 lets '/etc/salt/*' pass: a test master" },
      { severity: 'info', code: 'FINDING_ANSWERED', message: "azl-99-nothing lets 'x' pass: y" },
    ],
  });
});
