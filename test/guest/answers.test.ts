import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCheckOutput, parseComponents } from '../../src/guest/answers.ts';
import { judgeRecord } from '../../src/validate/judge.ts';
import { aPlan } from '../fakes/values.ts';

const plan = aPlan();
const printed = (...lines: readonly string[]) => lines.map((line) => `${line.replaceAll(' ', '\t')}\n`).join('');

test('the record is read from among other lines, with whatever line ends', () => {
  const stdout = `regild-check\ta\tpass\t\nregild-record\t${plan.digest}\t3\r\nregild-component\tamazon-ssm-agent\tremoved\r\nregild-component\taws-cli-v2\tkept\tsimulated\nregild-component\todd\tgone\nregild-component\timds-calls\treported\n`;
  expect(parseComponents(stdout)).toEqual({
    plan: plan.digest,
    count: 3,
    components: [
      { id: 'amazon-ssm-agent', outcome: 'removed' },
      { id: 'aws-cli-v2', outcome: 'kept' },
      { id: 'imds-calls', outcome: 'reported' },
    ],
    built: [],
  });
});

test.each(['', 'regild-component\tx\tremoved\n', 'regild-record\tdigest\n'])('%j is no record', (stdout) => {
  expect(parseComponents(stdout)).toBeUndefined();
});

test('a record of this plan is the proof', () => {
  const record = parseComponents(printed(`regild-record ${plan.digest} 1`, 'regild-component thing left'));
  expect(judgeRecord(plan, record)).toEqual({ components: [{ id: 'thing', outcome: 'left' }], recorded: 1, issues: [] });
});

test('an empty record proves that nothing was found', () => {
  expect(judgeRecord(plan, parseComponents(printed(`regild-record ${plan.digest} 0`)))).toEqual({
    components: [],
    recorded: 0,
    issues: [],
  });
});

test('what checks found before generalize is told, and stops nothing', () => {
  const found = `${printed(`regild-record ${plan.digest} 0`)}regild-built\tapp-licence\tfail\tno licence\nregild-built\tazl-36-ssh-port\terror\t\nregild-built\todd\n`;
  const hint = 'mend it in a step, or answer for it in `checks.answers`';
  const told = (message: string) => ({ severity: 'warning', code: 'BUILD_CHECK_FAILED', message, hint, image: 'web' });
  expect(judgeRecord(plan, parseComponents(found))).toEqual({
    components: [],
    recorded: 0,
    built: [
      { id: 'app-licence', status: 'fail', detail: 'no licence' },
      { id: 'azl-36-ssh-port', status: 'error', detail: '' },
    ],
    issues: [
      told('before the image was generalized, the check app-licence failed: no licence'),
      told('before the image was generalized, the check azl-36-ssh-port could not be run: it said nothing'),
    ],
  });
});

test('what passed or was answered for is held, and told by nobody as a fault', () => {
  const said = `${printed(`regild-record ${plan.digest} 0 3`)}regild-built\tapp-up\tpass\t\nregild-built\tapp-licence\tskip\tanswered for: none\n`;
  expect(judgeRecord(plan, parseComponents(said))).toEqual({
    components: [],
    recorded: 0,
    built: [
      { id: 'app-up', status: 'pass', detail: '' },
      { id: 'app-licence', status: 'skip', detail: 'answered for: none' },
    ],
    issues: [
      {
        severity: 'info',
        code: 'RECORD_CUT',
        message: "the test VM's answer had room for 2 of the 3 checks in the record",
        hint: '/var/lib/regild/translation.tsv in the image holds all of them',
        image: 'web',
      },
    ],
  });
});

test('a count of checks that is no number is none', () => {
  expect(parseComponents(printed(`regild-record ${plan.digest} 0 many`))).toEqual({
    plan: plan.digest,
    count: 0,
    components: [],
    built: [],
  });
});

test('a cut one says how much is missing, and where the rest is', () => {
  const record = parseComponents(printed(`regild-record ${plan.digest} 3`, 'regild-component thing removed', 'regild-record-cut 2'));
  expect(judgeRecord(plan, record)).toEqual({
    components: [{ id: 'thing', outcome: 'removed' }],
    recorded: 3,
    issues: [
      {
        severity: 'info',
        code: 'RECORD_CUT',
        message: "the test VM's answer had room for 1 of the 3 components in the record",
        hint: '/var/lib/regild/translation.tsv in the image holds all of them',
        image: 'web',
      },
    ],
  });
});

test.each([
  ['no record', '', 'the image holds no record of what became of the AWS components'],
  [
    'the record of another plan',
    printed('regild-record other 1', 'regild-component thing removed'),
    `the record in the image is of the plan other, not of ${plan.digest}`,
  ],
])('%s is no proof', (_name, stdout, message) => {
  expect(judgeRecord(plan, parseComponents(stdout))).toEqual({
    components: [],
    issues: [
      {
        severity: 'warning',
        code: 'RECORD_MISSING',
        message,
        hint: 'the checks still looked for what must not be there; build again for the record',
        image: 'web',
      },
    ],
  });
});

test('only complete result lines count, whatever else the guest prints', () => {
  const stdout = [
    'check\tcut-off\tpass\t',
    'regild-check\tazl-01\tpass\t',
    'noise',
    'regild-check\tazl-02\tfail\tno waagent unit \r',
    'regild-check\tazl-03\tmaybe\t',
    'regild-check\tazl-04\terror\tno such check',
    'regild-check\tazl-05\tsk',
  ].join('\n');
  expect(parseCheckOutput(stdout)).toEqual([
    { id: 'azl-01', status: 'pass', detail: '' },
    { id: 'azl-02', status: 'fail', detail: 'no waagent unit' },
    { id: 'azl-04', status: 'error', detail: 'no such check' },
  ]);
});

test('what a guest prints about its checks is read back whole, with any noise between', () => {
  const line = fc.record({
    id: fc.stringMatching(/^[a-z]{3}-[0-9]{2}(-[a-z]{1,8}){1,3}$/),
    status: fc.constantFrom('pass' as const, 'fail' as const, 'skip' as const, 'error' as const),
    detail: fc.stringMatching(/^([!-~]([ -~]{0,118}[!-~])?)?$/),
  });
  const noise = fc.string().filter((text) => !text.includes('regild-check'));
  fc.assert(
    fc.property(fc.array(line), noise, (results, between) => {
      const stdout = results.map(({ id, status, detail }) => `regild-check\t${id}\t${status}\t${detail}\n${between}\n`).join('');
      expect(parseCheckOutput(stdout)).toEqual(results);
    }),
  );
});
