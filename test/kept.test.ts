import { describe, expect, test } from 'vitest';
import { RegildError } from '../src/errors.ts';
import { keptIssue, staysAfter, withKept } from '../src/kept.ts';
import type { Leftover, OnError } from '../src/model/index.ts';
import { fakeContext } from './fakes/context.ts';
import { aPlan } from './fakes/values.ts';

const GROUP: Leftover = {
  kind: 'resource-group',
  id: '/group',
  name: 'regild-web-20261121t081502-3f9a-mi8hx1k0',
  tags: { 'regild-deadline': '2026-11-22T08:15:02.000Z' },
  deleting: false,
  holds: ['Microsoft.Compute/virtualMachines', 'Microsoft.Compute/disks', 'Microsoft.Network/networkInterfaces'],
};
const RUN = '20261121t081502-3f9a';
const WHERE = `--subscription sub --resource-group ${GROUP.name}`;
const NAME = `--name "$(az vm list ${WHERE} --query '[0].name' --output tsv)"`;

describe('what is kept is told with', () => {
  test('how much there is, until when, a way in and an end', () => {
    expect(keptIssue({ group: GROUP }, aPlan({ subscription: 'sub' }), RUN)).toEqual({
      severity: 'warning',
      code: 'KEPT_AFTER_FAILURE',
      message: `kept after the failure until 2026-11-22T08:15:02.000Z: the resource group ${GROUP.name}, which holds 1 virtual machine, 1 disk, 1 network interface; a machine costs by the hour, disks by the month`,
      hint: `run commands in it: \`az vm run-command invoke ${WHERE} ${NAME} --command-id RunShellScript --scripts 'journalctl -b -p err'\`; to log in, make an account: \`az vm user update ${WHERE} ${NAME} --username <you> --ssh-key-value ~/.ssh/id_ed25519.pub\`; end it with \`regild sweep --run ${RUN}\`, which also happens when its deadline has passed and sweep runs`,
      image: 'web',
    });
  });

  test('the template that the group belongs to, and what Windows understands', () => {
    const windows = aPlan({ subscription: 'sub', os: { family: 'windows', distro: 'windows', version: '2022', guest: 'windows' } });
    const { message, hint } = keptIssue({ group: { ...GROUP, holds: [] }, template: 'regild-web-x' }, windows, RUN);
    expect(message).toBe(
      `kept after the failure until 2026-11-22T08:15:02.000Z: the image template regild-web-x and its staging group, the resource group ${GROUP.name}, which holds nothing`,
    );
    expect(hint).toContain("--command-id RunPowerShellScript --scripts 'Get-EventLog -LogName System -Newest 50'");
    expect(hint).toContain("--password '<password>'");
  });

  test('the failure that it is about', () => {
    const issue = keptIssue({ group: GROUP }, aPlan(), RUN);
    const failure = new RegildError('BUILD_FAILED', 'it failed', { hint: 'mend it', details: { step: 'one' } });
    expect(withKept(failure, issue)).toMatchObject({
      code: 'BUILD_FAILED',
      message: 'it failed',
      hint: 'mend it',
      details: { step: 'one' },
      issues: [issue],
    });
    expect(withKept('odd', issue)).toBe('odd');
  });
});

describe('what failed stays', () => {
  const stays = async (
    manifest: OnError | undefined,
    flag: OnError | undefined,
    answer?: boolean,
    signal = new AbortController().signal,
  ) => {
    const asked: string[] = [];
    const context = fakeContext({
      operator: {
        confirm: async (question) => {
          asked.push(question);
          return answer;
        },
      },
    });
    const run = { ...context.run, signal, ...(flag && { onError: flag }) };
    const kept = await staysAfter({ stage: 'build', what: 'the build failed' }, aPlan({ onError: manifest }), { ...context, run });
    return { kept, asked, notes: context.events.length };
  };
  const question = 'web: the build failed. Keep its machine until 2026-11-22T08:15:02.000Z?';

  test.each([
    ['not by itself', undefined, undefined, undefined, { kept: false, asked: [], notes: 0 }],
    ['by the manifest', 'keep', undefined, undefined, { kept: true, asked: [], notes: 0 }],
    ['by the command line, which goes first', 'cleanup', 'keep', undefined, { kept: true, asked: [], notes: 0 }],
    ['not where the command line says so', 'keep', 'cleanup', undefined, { kept: false, asked: [], notes: 0 }],
    ['by a yes', 'ask', undefined, true, { kept: true, asked: [question], notes: 0 }],
    ['not by a no', undefined, 'ask', false, { kept: false, asked: [question], notes: 0 }],
    ['not where nobody answers, which is said', 'ask', undefined, undefined, { kept: false, asked: [question], notes: 1 }],
  ] as const)('%s', async (_, manifest, flag, answer, expected) => {
    expect(await stays(manifest, flag, answer)).toEqual(expected);
  });

  test('never after an abort', async () => {
    expect(await stays('keep', 'keep', true, AbortSignal.abort())).toEqual({ kept: false, asked: [], notes: 0 });
  });
});
