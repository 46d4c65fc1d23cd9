import { expect, test } from 'vitest';
import { RegildError } from '../../src/errors.ts';
import { libraryFiles, scriptPath } from '../../src/guest/scripts.ts';
import { type BuildPlan, sha256 } from '../../src/model/index.ts';
import type { Ports, RunningVm } from '../../src/ports.ts';
import { validate } from '../../src/validate/index.ts';
import { fakeContext } from '../fakes/context.ts';
import { inventoryAnswer } from '../fakes/inventory-answer.ts';
import { aBuild, aCheck, aPlan, aVersion } from '../fakes/values.ts';

/** A cloud whose test VMs print the given output, shape after shape; after a restart, `again`. */
function cloud(outputs: readonly (string | Error)[], again?: string | Error) {
  const booted: string[] = [];
  const testVm: Ports['testVm'] = {
    withVm: async (request, _wait, use) => {
      const output = outputs[booted.length];
      booted.push(`${request.shape.vmSize} ${request.shape.controller} from ${request.versionId}`);
      if (output instanceof Error) throw output;
      return use({
        name: 'vm',
        secondsToReady: 42,
        run: async (script) =>
          inventoryAnswer(script) ?? {
            stdout: script.includes('regild_run_checks restarted') ? String(again) : (output ?? ''),
            stderr: '',
          },
        restart: async () => {
          booted.push('restart');
          if (again instanceof Error) throw again;
        },
        serialLog: async () => undefined,
      });
    },
  };
  const gallery = { version: async () => aVersion() };
  const subscription = { sizes: async () => [], quotas: async () => [] };
  const context = fakeContext({ testVm, gallery, subscription, assets: { own: async (path) => `# ${path}\n` } });
  return { context, booted };
}

const NAMES = ['checks', 'record', 'checks/first', 'checks/second', 'checks/third'];
const SCRIPTS = [...libraryFiles('linux'), ...NAMES.map((name) => scriptPath('linux', name))];

/** A plan made with the scripts that the installation above holds. */
function planned(change: Partial<BuildPlan> = {}): BuildPlan {
  return aPlan({ guestScripts: SCRIPTS.map((path) => ({ path, sha256: sha256(`# ${path}\n`) })), ...change });
}

const RECORD = `regild-record\t${aPlan().digest}\t1\nregild-component\tthing\tremoved\n`;
const lines = (...answers: readonly string[]) =>
  `${answers.map((answer) => `regild-check\t${answer.split(' ').join('\t')}\t\n`).join('')}${RECORD}`;
const good = lines('first pass', 'second pass');

test('a group that could not be deleted is an issue of the report, and says nothing of the image', async () => {
  const { context } = cloud([good, good]);
  const { withVm } = context.ports.testVm;
  const testVm: Ports['testVm'] = {
    withVm: async (request, wait, use) => {
      const result = await withVm(request, wait, use);
      if (request.shape.controller === 'NVMe') wait.onLeft?.('rg-regild-run-1-web-ab12', 'the scope is locked');
      return result;
    },
  };
  const report = await validate(planned(), aBuild(), {
    ...context,
    ports: {
      ...context.ports,
      testVm,
      gallery: context.ports.gallery,
      subscription: context.ports.subscription,
      assets: context.ports.assets,
    },
  });
  expect(report.passed).toBe(true);
  expect(report.issues).toEqual([
    {
      severity: 'warning',
      code: 'TEST_GROUP_LEFT',
      message: 'the resource group rg-regild-run-1-web-ab12 of a test VM is left behind, and costs money: the scope is locked',
      hint: 'delete it in sub, or let `regild sweep` do so after its deadline',
      image: 'web',
    },
  ]);
});

test('every shape that the definition claims is booted and checked', async () => {
  const { context, booted } = cloud([good, good]);
  const report = await validate(planned(), aBuild(), context);
  expect(booted).toEqual(['Standard_D2s_v5 SCSI from /versions/2026.1121.0', 'Standard_D2s_v6 NVMe from /versions/2026.1121.0']);
  expect(report).toMatchObject({
    passed: true,
    issues: [],
    simulated: false,
    components: [{ id: 'thing', outcome: 'removed' }],
    recorded: 1,
  });
  expect(report.vms[0]).toEqual({
    vmSize: 'Standard_D2s_v5',
    controller: 'SCSI',
    secondsToReady: 42,
    checks: [
      { id: 'first', title: 'title of first', severity: 'block', status: 'pass', detail: '' },
      { id: 'second', title: 'title of second', severity: 'warn', status: 'pass', detail: '' },
    ],
  });
});

test('a failed blocking check fails the image, a failed warning does not', async () => {
  const failing = await validate(planned(), aBuild(), cloud([lines('first fail', 'second pass'), good]).context);
  expect(failing).toMatchObject({
    passed: false,
    issues: [{ severity: 'error', message: 'check first on Standard_D2s_v5 (SCSI): title of first' }],
  });
  const warning = await validate(planned(), aBuild(), cloud([good, lines('first pass', 'second fail')]).context);
  expect(warning).toMatchObject({
    passed: true,
    issues: [{ severity: 'warning', message: 'check second on Standard_D2s_v6 (NVMe): title of second' }],
  });
});

test('a check without an answer is an error, never a pass', async () => {
  const report = await validate(planned(), aBuild(), cloud([lines('second pass'), good]).context);
  expect(report.passed).toBe(false);
  expect(report.vms[0]?.checks[0]).toMatchObject({ id: 'first', status: 'error', detail: 'the guest gave no answer to this check' });
});

test('a VM that does not come up is a finding with its serial log, and the next shape is still tried', async () => {
  const failure = new RegildError('VALIDATION_FAILED', 'the VM was not ready after 30 minutes', {
    hint: 'keep hv_storvsc in the initramfs',
    details: { serialLog: 'Kernel panic', console: 'a boot\nKernel panic' },
  });
  const { context, booted } = cloud([failure, good]);
  const logs: string[][] = [];
  const artifacts = { ...context.ports.artifacts, log: async (...log: [string, string, string]) => void logs.push(log) };
  const report = await validate(planned(), aBuild(), { ...context, ports: { ...context.ports, artifacts } });
  expect(booted).toHaveLength(2);
  expect(logs).toEqual([['web', 'serial-Standard_D2s_v5-SCSI.log', 'a boot\nKernel panic']]);
  expect(report.issues[0]).toMatchObject({
    code: 'CHECK_FAILED',
    hint: 'keep hv_storvsc in the initramfs; the whole serial console is serial-Standard_D2s_v5-SCSI.log in the run folder',
  });
  expect(report).toMatchObject({
    passed: false,
    vms: [{ serialLog: 'Kernel panic', checks: [{ id: 'vm-ready', status: 'fail', detail: 'the VM was not ready after 30 minutes' }] }, {}],
  });
});

test('the first VM that comes up speaks for the image, and one that never does says nothing of its record', async () => {
  const failure = new RegildError('VALIDATION_FAILED', 'the VM was not ready after 30 minutes');
  expect(await validate(planned(), aBuild(), cloud([failure, good]).context)).toMatchObject({ recorded: 1 });
  const silent = await validate(planned(), aBuild(), cloud([failure, failure]).context);
  expect(silent.issues.map(({ code }) => code)).toEqual(['CHECK_FAILED', 'CHECK_FAILED']);
});

test('trouble of another kind is not blamed on the image', async () => {
  const denied = new RegildError('CLOUD_DENIED', 'no permission');
  await expect(validate(planned(), aBuild(), cloud([denied]).context)).rejects.toBe(denied);
});

const withRestart = planned({ checks: [...aPlan().checks, aCheck('third', 'block', ['restarted'])] });
const once = { ...withRestart, test: { ...withRestart.test, shapes: withRestart.test.shapes.slice(0, 1) } };

test('a check about a restart is asked after one', async () => {
  const { context, booted } = cloud([good], lines('third pass'));
  const report = await validate(once, aBuild(), context);
  expect(booted).toEqual(['Standard_D2s_v5 SCSI from /versions/2026.1121.0', 'restart']);
  expect({ passed: report.passed, checks: report.vms[0]?.checks.map(({ id, status }) => `${id} ${status}`) }).toEqual({
    passed: true,
    checks: ['first pass', 'second pass', 'third pass'],
  });
});

test('a machine that does not come back fails that check; what it said before stands', async () => {
  const gone = new RegildError('VALIDATION_FAILED', 'the test VM restarted, but no agent reported ready', {
    details: { serialLog: 'panic' },
  });
  const report = await validate(once, aBuild(), cloud([good], gone).context);
  expect(report).toMatchObject({ passed: false, recorded: 1 });
  expect(report.vms[0]).toMatchObject({
    serialLog: 'panic',
    checks: [
      { id: 'first', status: 'pass' },
      { id: 'second', status: 'pass' },
      { id: 'third', status: 'fail', detail: 'the test VM restarted, but no agent reported ready' },
    ],
  });
});

test('a failure of the cloud while it restarts is one of the run', async () => {
  const away = new RegildError('CLOUD_UNREACHABLE', 'Azure does not answer');
  await expect(validate(once, aBuild(), cloud([good], away).context)).rejects.toBe(away);
});

test.each([
  ['no shape', { test: { shapes: [], timeoutMinutes: 30 } }, good, 'nothing is known about the image: no VM was booted from it'],
  ['no check', { checks: [] }, good, 'nothing is known about the image: the plan holds no check for a test VM'],
  [
    'only checks that do not apply',
    {},
    lines('first skip', 'second skip'),
    'nothing is known about the image: none of the 2 planned checks passed or failed on a test VM',
  ],
])('a gate through which nothing was seen stays shut: %s', async (_name, change, output, message) => {
  const report = await validate(planned(change), aBuild(), cloud([output, output]).context);
  expect(report.passed).toBe(false);
  expect(report.issues.filter(({ severity }) => severity === 'error')).toEqual([
    expect.objectContaining({ code: 'NOTHING_VALIDATED', message, image: 'web' }),
  ]);
});

test('what a check means is what the plan says, whatever the catalog at hand holds', async () => {
  const { context } = cloud([lines('first fail', 'second pass'), good]);
  const report = await validate(planned(), aBuild(), { ...context, catalog: { ...context.catalog, checks: [] } });
  expect(report.vms[0]?.checks).toEqual([
    { id: 'first', title: 'title of first', severity: 'block', status: 'fail', detail: '' },
    { id: 'second', title: 'title of second', severity: 'warn', status: 'pass', detail: '' },
  ]);
});

test.each(SCRIPTS.slice(0, -1))('a VM is not sent another %s than the planned one', async (path) => {
  const { context, booted } = cloud([good, good]);
  const other = planned().guestScripts.map((script) => (script.path === path ? { ...script, sha256: 'a'.repeat(64) } : script));
  const without = planned().guestScripts.filter((script) => script.path !== path);
  await expect(validate(planned({ guestScripts: other }), aBuild(), context)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
  await expect(validate(planned({ guestScripts: without }), aBuild(), context)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
  expect(booted).toEqual([]);
});

test("the user's own checks are sent as the plan holds them, and point to the manifest when they fail", async () => {
  const plan = planned({
    checks: [...planned().checks, { ...aCheck('app', 'block'), added: true }],
    guestFiles: [{ path: 'checks/app.sh', content: 'check_app() {\n  fail 1\n}\n' }],
  });
  const sent: string[] = [];
  const { context } = cloud([lines('first pass', 'second pass', 'app fail'), good]);
  const { withVm } = context.ports.testVm;
  const noting = (vm: RunningVm): RunningVm => ({
    ...vm,
    run: (script) => {
      sent.push(script);
      return vm.run(script);
    },
  });
  const testVm: Ports['testVm'] = { withVm: (request, wait, use) => withVm(request, wait, (vm) => use(noting(vm))) };
  const one = { ...plan, test: { ...plan.test, shapes: plan.test.shapes.slice(0, 1) } };
  const report = await validate(one, aBuild(), { ...context, ports: { ...context.ports, testVm } });
  expect(sent.join('')).toContain('check_app() {\n  fail 1\n}\n');
  expect(report).toMatchObject({
    passed: false,
    issues: [{ severity: 'error', code: 'CHECK_FAILED', hint: '`checks.add` of web in images.yaml says what it asserts' }],
  });
});

test('a test VM in which a check failed stays where that is wished, and is told with a way in', async () => {
  const { context } = cloud([lines('first fail', 'second pass'), good]);
  const { withVm } = context.ports.testVm;
  const asked: boolean[] = [];
  const testVm: Ports['testVm'] = {
    withVm: async (request, wait, use) => {
      const result = await withVm(request, wait, use);
      const place = { group: 'rg-regild-run-1-web-ab12', vm: 'regild-test' };
      asked.push((await wait.keeps?.(place, { status: 'fulfilled', value: result })) ?? false);
      return result;
    },
  };
  const leftovers = { ...context.ports.leftovers, ofRun: async () => [] };
  const report = await validate(planned({ onError: 'keep' }), aBuild(), { ...context, ports: { ...context.ports, testVm, leftovers } });
  expect(asked).toEqual([true, false]);
  expect(report.issues.filter(({ code }) => code === 'KEPT_AFTER_FAILURE')).toEqual([
    {
      severity: 'warning',
      code: 'KEPT_AFTER_FAILURE',
      message:
        'kept after the failure until 2026-11-22T08:15:02.000Z: the resource group rg-regild-run-1-web-ab12, which holds 1 virtual machine; a machine costs by the hour, disks by the month',
      hint: expect.stringContaining('end it with `regild sweep --run run-1`'),
      image: 'web',
    },
  ]);
});
