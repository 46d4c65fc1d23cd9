import { expect, test } from 'vitest';
import { RESOURCES } from '../../src/adapters/azure/resource-group.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { connectedTo } from '../adapters/azure/connected.ts';
import { workshop } from './command-line.ts';
import { answer } from './in-process.ts';

const RUN = '20261119t081502-3f9a';

test('a sweep during which Azure is away for a moment says so, and sweeps what is due', { timeout: 240_000 }, async () => {
  const sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 600 } });
  try {
    const arm = await (await connectedTo(sandbox)).connection.arm();
    const groups = ['a', 'b'].map((suffix) => `rg-regild-${RUN}-${suffix}`);
    for (const group of groups)
      await arm.put(`/subscriptions/${sandbox.subscription}/resourcegroups/${group}`, RESOURCES, {
        location: 'westeurope',
        tags: { 'regild-run': RUN, 'regild-deadline': '2026-11-20T08:15:02.000Z' },
      });
    // The SDK asks four times; the fifth is the program's own.
    sandbox.faults.add({
      match: { method: 'GET', path: `**/resourcegroups/${groups[1]}` },
      times: 4,
      effect: { kind: 'respond', status: 503, code: 'ServerBusy', message: 'busy' },
    });
    await workshop(sandbox, async (folder, environment) => {
      const { code, stderr, stdout } = await answer(['sweep', '--subscription', sandbox.subscription, '--json'], { folder, environment });
      expect(stderr.replaceAll(/\d\d:\d\d:\d\dZ/g, 'TIME').match(/^note .*$/gm)).toEqual([
        'note        Azure does not answer since TIME (503): what works there goes on, and is asked for again until TIME',
        'note        Azure answers again',
      ]);
      const { items, issues } = JSON.parse(stdout);
      expect([code, items.map(({ name, outcome }: Record<string, string>) => [name, outcome]), issues]).toEqual([
        0,
        groups.map((group) => [group, 'deleted']),
        [],
      ]);
    });
  } finally {
    await sandbox.close();
  }
});
