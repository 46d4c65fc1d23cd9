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
