import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';

const STAGES = {
  guest: 'before generalize',
  final: 'after generalize',
  'test-vm': 'on a VM booted from the image',
  restarted: 'on that VM after a restart',
} as const;

test('docs/reference/checks.md lists every check (vitest --update writes it)', async () => {
  const { checks } = await loadCatalog();
  const rows = (os: 'linux' | 'windows') =>
    checks
      .filter((check) => check.os === os)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(
        ({ id, title, severity, stages, distros }) =>
          `| \`${id}\` | ${title} | ${severity} | ${stages.join(', ')} | ${distros?.join(', ') ?? 'all'} |`,
      );
  const page = [
    '# Checks',
    '',
    "What is asserted about every image, from `src/catalog/checks/`; each file names its sources. `azl` and `azw` are regild's own, `lis` and `lix` come from",
    "Microsoft's LISA (`lis`: its Azure image standard).",
    '',
    ...Object.entries(STAGES).map(([stage, meaning]) => `- \`${stage}\`: ${meaning}`),
    '',
    'A failed check of severity `block` stops the build or the publication, `warn` and `info` are told. `checks.skip` in `images.yaml` leaves checks out.',
    '',
    "Of LISA's image standard three have no check here: `verify_network_manager_not_installed` and `verify_yum_conf` are about releases before RHEL 7, and",
    '`verify_os_update` changes the machine that it looks at; an `updates` step and the restart of the test VM show the same. Its smoke test is the boot, the',
    'serial log and the restart of each test VM, its test of the agent is Run Command, which every check of a VM goes through. Kdump, resizing and reloading',
    'drivers are not tried.',
    '',
    ...(['linux', 'windows'] as const).flatMap((os) => [
      `## ${os === 'linux' ? 'Linux' : 'Windows'}`,
      '',
      '| id | asserts that | severity | when | distributions |',
      '|---|---|---|---|---|',
      ...rows(os),
      '',
    ]),
  ];
  await expect(page.join('\n')).toMatchFileSnapshot('../../docs/reference/checks.md');
});
