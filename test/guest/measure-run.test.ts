import { expect, test } from 'vitest';
import { measureScript, parseMeasured } from '../../src/guest/measure-run.ts';

const METRICS = [
  { metric: 'boot' },
  { metric: 'network', url: 'https://x/y' },
  { metric: 'networkLatency', url: 'https://z:8443' },
] as const;

test('on Linux one script names what is measured, and hands the addresses over', () => {
  expect(measureScript('linux', 'text\n', METRICS)).toBe(
    [
      '# regild-measure: boot network networkLatency',
      'REGILD_INLINE=1',
      'REGILD_URL=https://x/y',
      'REGILD_LATENCY_URL=https://z:8443',
      'text',
      'regild_measure boot network networkLatency',
      '',
    ].join('\n'),
  );
});

test('on Windows too', () => {
  expect(measureScript('windows', 'text\n', METRICS)).toBe(
    [
      '# regild-measure: boot network networkLatency',
      '$RegildInline = $true',
      'text',
      "Measure-Regild @('boot', 'network', 'networkLatency') 'https://x/y' 'https://z:8443'",
      '',
    ].join('\n'),
  );
});

test('an answer is a number, or why there is none; what is odd is no answer', () => {
  const stdout = [
    'regild-measure\tboot\t12.3\tby systemd',
    'regild-measure\tdiskIops\t-\tno Python\r',
    'regild-measure\tdiskRead\t1e9\todd',
    'regild-measure\tnetwork\tNaN\todd',
    'regild-measure\tother\t1\tunknown',
    'regild-measure\tdiskWrite\t5\tcut off\tmore',
    'motd: regild-measure\tdiskWrite\t5\tno line of ours',
  ].join('\n');
  expect(parseMeasured(stdout)).toEqual([
    { metric: 'boot', value: 12.3, how: 'by systemd' },
    { metric: 'diskIops', value: undefined, how: 'no Python' },
  ]);
});
