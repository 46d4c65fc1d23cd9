import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { runInGuest, serialLog } from '../../src/sandbox/guest.ts';

const guest = { os: 'Linux', failing: [], mute: false } as const;

it('answers one line per check, in their order', () => {
  const script = '#!/bin/sh\n# regild-checks:  b a \nexit 0\n';
  expect(runInGuest(script, { ...guest, failing: ['a'] })).toEqual({
    stdout: 'regild-check\tb\tpass\tsimulated\nregild-check\ta\tfail\tsimulated\n',
    stderr: '',
  });
});

it.each(['Linux', 'Windows'] as const)('has a record of the plan that found nothing of AWS, as a clean base holds nothing: %s', (os) => {
  const script = '# regild-checks: a\n# regild-record: digest\nssm\tremove\tphase\n';
  const { stdout } = runInGuest(script, { ...guest, os });
  expect(stdout.split(/\r?\n/)).toEqual(['regild-check\ta\tpass\tsimulated', 'regild-record\tdigest\t0', '']);
});

it.each(['echo hello', '# regild-checks:', 'echo "see regild-checks: a"'])('prints nothing for %j', (script) => {
  expect(runInGuest(script, guest)).toEqual({ stdout: '', stderr: '' });
});

it('a figure says that nothing was measured', () => {
  expect(runInGuest('# regild-measure: boot latency\n', guest).stdout).toBe(
    'regild-measure\tboot\t1\tsimulated\nregild-measure\tlatency\t1\tsimulated\n',
  );
});

/** The lines of the packed inventory that a guest prints. */
function inventory(script: string, os: 'Linux' | 'Windows'): readonly string[] {
  const packed = runInGuest(script, { ...guest, os }).stdout.split(/\r?\n/)[1] ?? '';
  return gunzipSync(Buffer.from(packed, 'base64')).toString().split('\n');
}

it('an inventory holds the packages that the script installs, in no version of anybody, and no file', () => {
  const lines = inventory('# regild-inventory: 0\n# regild-system: ubuntu 24.04 x64\n# regild-installs: nginx\n', 'Linux');
  expect(lines.filter((line) => /^(?:package|file|account)/.test(line))).toEqual([
    'package\tdeb\twalinuxagent\t9999~simulated\t\tmanual',
    'package\tdeb\tcloud-init\t9999~simulated\t\tmanual',
    'package\tdeb\tnginx\t9999~simulated\t\tmanual',
    'account\troot\t0\t0\t/root\t/bin/bash\tlocked\t0',
  ]);
});

it('a Windows without features holds nothing but itself', () => {
  const lines = inventory('# regild-inventory: 0\n# regild-system: windows-server 2022 x64\n', 'Windows');
  expect(lines.filter((line) => /^(?:feature|file|package|service)|name/.test(line))).toEqual([
    'system\tname\twindows-server 2022 (simulated)',
    'service\tWindowsAzureGuestAgent\tenabled',
  ]);
});

it('prints nothing when its output is lost', () => {
  expect(runInGuest('# regild-checks: a', { ...guest, mute: true }).stdout).toBe('');
});

it('ends its serial log at the login prompt, or where provisioning stopped', () => {
  const last = (booted: boolean) => serialLog(guest, 'web', booted).trimEnd().split('\r\n').at(-1);
  expect([last(true), last(false)]).toEqual([
    'web login:',
    '[  242.118870] cloud-init[702]: DataSourceAzure: could not report ready to the fabric',
  ]);
});
