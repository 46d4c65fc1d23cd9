import { expect, test } from 'vitest';
import { parseManifest } from '../../src/manifest/index.ts';
import { fleetOf, told } from './told.ts';

const web = (measure: string) => fleetOf(`  web:\n    measure: ${measure}\n`);

test('what is named is measured, in the order of reports', () => {
  const measure = '{ network: { url: https://mirror.example.com/large.iso, ami: 600 }, boot: { ami: 18.5, limit: 45 }, diskIops: {} }';
  const { specs, issues } = parseManifest(web(measure), 'images.yaml', {});
  expect({ issues, measure: specs[0]?.measure }).toEqual({
    issues: [],
    measure: [
      { metric: 'boot', ami: 18.5, limit: 45 },
      { metric: 'diskIops' },
      { metric: 'network', url: 'https://mirror.example.com/large.iso', ami: 600 },
    ],
  });
});

test('nothing is where nothing is named', () => {
  expect(parseManifest(fleetOf('  web: {}\n'), 'images.yaml', {}).specs[0]?.measure).toEqual([]);
});

test.each([
  ['{ network: { ami: 600 } }', 'url'],
  ["{ network: { url: 'https://user:secret@mirror.example.com/x' } }", 'without a login in it'],
  ["{ network: { url: 'https://x/`id`' } }", 'an address is written like'],
  ["{ network: { url: 'file:///etc/passwd' } }", 'an address is written like'],
  ['{ boot: { limit: 0 } }', 'measure.boot.limit 0 is not above 0 | a figure is more than 0'],
  ['{ disk: {} }', 'disk'],
  ['{ boot: { url: https://x } }', 'url'],
])('%s is refused', (measure, why) => expect(told(web(measure)).join('\n')).toContain(why));

test('what lacks a key is all that is told: the rest of the image is sound', () => {
  expect(told(web('{ network: { ami: 600 } }'))).toEqual(['7:16 KEY_MISSING [web] measure.network.url is missing | add `url:`']);
});
