import { afterEach, beforeEach, expect, test } from 'vitest';
import { Report } from '../../src/model/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { connectedTo } from '../adapters/azure/connected.ts';
import { workshop, writesTo } from './command-line.ts';
import { answer } from './in-process.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ record: true });
});
afterEach(() => sandbox.close());

const REFUSED =
  'error USAGE: `--on-error ask` asks on a terminal, and there is none here\n  hint   use `--on-error keep`, or leave it out\n';

test.each(['build', 'validate', 'refresh'])(
  '%s --on-error ask is wrong use where there is no terminal: no cloud is written to',
  async (verb) => {
    await workshop(sandbox, async (folder, environment) => {
      const { code, stdout, stderr } = await answer([verb, 'web-golden', '--on-error', 'ask'], { folder, environment });
      expect([code, stdout, stderr.replace(/^sandbox .*\n/, '')]).toEqual([2, '', REFUSED]);
      expect(writesTo(sandbox)).toEqual([]);
    });
  },
);

test('build --on-error keep: the machine stays, the report says which and how to end it, and that command ends it', async () => {
  await workshop(sandbox, async (folder, environment) => {
    sandbox.faults.add({
      match: { method: 'POST', path: '**/imageTemplates/*/run' },
      effect: { kind: 'fail-operation', code: 'PackerBuildFailed', message: 'the customizer failed' },
    });
    const failed = await answer(['build', 'web-golden', '--on-error', 'keep', '--json'], { folder, environment });
    const { runId, images } = Report.parse(JSON.parse(failed.stdout));
    const [{ outcome, stage, issues } = {}] = images;
    const kept = issues?.find(({ code }) => code === 'KEPT_AFTER_FAILURE');
    const groups = await groupsOf('IT_');
    expect([failed.code, outcome, stage, groups]).toEqual([
      5,
      'failed',
      'build',
      [expect.stringMatching(`^IT_rg-images_regild-web-golden-${runId}_`)],
    ]);
    const [group = ''] = groups;
    expect(kept?.message.replace(/\d{4}-\d\d-\d\dT\S+Z/, 'TIME')).toBe(
      `kept after the failure until TIME: the image template regild-web-golden-${runId} and its staging group, the resource group ${group}, which holds 1 virtual machine, 1 disk, 1 storage account; a machine costs by the hour, disks by the month`,
    );
    const where = `--subscription ${sandbox.subscription} --resource-group ${group}`;
    const name = `--name "$(az vm list ${where} --query '[0].name' --output tsv)"`;
    expect(kept?.hint).toBe(
      `run commands in it: \`az vm run-command invoke ${where} ${name} --command-id RunShellScript --scripts 'journalctl -b -p err'\`; to log in, make an account: \`az vm user update ${where} ${name} --username <you> --ssh-key-value ~/.ssh/id_ed25519.pub\`; end it with \`regild sweep --run ${runId}\`, which also happens when its deadline has passed and sweep runs`,
    );

    expect(await answer(['sweep'], { folder, environment })).toMatchObject({ code: 0 });
    expect(await groupsOf('IT_'), 'its deadline has not passed').toEqual(groups);
    expect(await answer(['sweep', '--run', runId], { folder, environment })).toMatchObject({ code: 0 });
    sandbox.clock.advance(24 * 60 * 60);
    expect(await groupsOf('IT_')).toEqual([]);
  });
});

test('build --on-error keep, where a check of the test fails: the VMs in which it failed stay, until their run is swept', async () => {
  await workshop(sandbox, async (folder, environment) => {
    const match = { method: 'POST', path: '**/virtualMachines/*/runCommand' };
    sandbox.faults.add({ match, times: 99, effect: { kind: 'fail-checks', ids: ['azl-17-sshd'] } });
    const failed = await answer(['build', 'web-golden', '--on-error', 'keep', '--json'], { folder, environment });
    const { runId, images } = Report.parse(JSON.parse(failed.stdout));
    const [{ outcome, stage, issues = [] } = {}] = images;
    const groups = await groupsOf('rg-regild-');
    expect([failed.code, outcome, stage, groups.length]).toEqual([6, 'failed', 'validate', 2]);
    expect(
      issues
        .filter(({ code }) => code === 'KEPT_AFTER_FAILURE')
        .map(({ message }) => message.replace(/\d{4}-\d\d-\d\dT\S+Z/, 'TIME'))
        .toSorted(),
    ).toEqual(
      groups.map(
        (group) =>
          `kept after the failure until TIME: the resource group ${group}, which holds 1 virtual network, 1 network interface, 1 disk, 1 virtual machine; a machine costs by the hour, disks by the month`,
      ),
    );

    expect(await answer(['sweep', '--run', runId], { folder, environment })).toMatchObject({ code: 0 });
    sandbox.clock.advance(24 * 60 * 60);
    expect(await groupsOf('rg-regild-')).toEqual([]);
  });
});

/** Names of the resource groups that begin so: `IT_` are those in which Image Builder works. */
async function groupsOf(beginning: string): Promise<readonly string[]> {
  const arm = await (await connectedTo(sandbox)).connection.arm();
  const { value } = (await arm.get(`/subscriptions/${sandbox.subscription}/resourcegroups`, '2022-09-01')) as {
    readonly value: readonly { readonly name: string }[];
  };
  return value
    .map(({ name }) => name)
    .filter((name) => name.startsWith(beginning))
    .toSorted();
}
