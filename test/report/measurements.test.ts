import { expect, test } from 'vitest';
import { measuredLine, measuredRows } from '../../src/report/measurements.ts';
import { REPORT, rendered } from './fixture.ts';

const measured = [
  { metric: 'boot', value: 31, how: 'by systemd', ami: 20, limit: 30, kept: false },
  { metric: 'diskRead', value: 118.4, how: 'dd', ami: 125 },
  { metric: 'diskIops', value: undefined, how: 'no Python <3>', ami: 3000 },
  { metric: 'diskWrite', value: 125, how: 'dd', ami: 125, limit: 100, kept: true },
] as const;

test('a figure stands beside the one of the AMI, with its difference', () => {
  expect(measuredRows({ measured }).map(measuredLine)).toEqual([
    '✗ boot: 31 s; the AMI 20 s (+55 %); limit 30 s at most (by systemd)',
    'OS disk, reading: 118.4 MB/s; the AMI 125 MB/s (−5 %) (dd)',
    'OS disk, random reads: not measured; the AMI 3000 IOPS (no Python <3>)',
    'OS disk, writing: 125 MB/s; the AMI 125 MB/s (±0 %); limit 100 MB/s at least (dd)',
  ]);
});

const report = {
  ...REPORT,
  images: REPORT.images.map((image) =>
    image.validation === undefined
      ? image
      : { ...image, validation: { ...image.validation, vms: image.validation.vms.map((vm) => ({ ...vm, measured })) } },
  ),
};

test.each([
  ['text', '✗ boot: 31 s; the AMI 20 s (+55 %); limit 30 s at most (by systemd)'],
  ['markdown', '| boot | ❌ 31 s | 20 s (+55 %) | 30 s at most | by systemd |'],
  ['html', '<td>boot</td><td class="bad">31 s</td><td>20 s (+55 %)</td><td>30 s at most</td><td>by systemd</td>'],
  ['html', 'no Python &lt;3&gt;'],
  ['json', '"how": "no Python <3>"'],
  ['junit', '<failure message="boot">✗ boot: 31 s; the AMI 20 s (+55 %); limit 30 s at most (by systemd)</failure>'],
] as const)('%s says it', (format, words) => expect(rendered(report, format)).toContain(words));
