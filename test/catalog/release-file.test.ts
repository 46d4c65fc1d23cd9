import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseFact } from '../../src/catalog/parse-fact.ts';
import { ReleaseFile } from '../../src/catalog/release-file.ts';

const FILE = `id: d-1
distro: d
version: "1"
title: D 1
osFamily: linux
packageManager: apt
guest: debian
support: {}
successors: []
onAzure: true
bases:
  - publisher: Some
    offer: An_Offer
    variant: server
    architecture: x64
    generation: V2
    licence: free
    plan: true
    features: { SecurityType: TrustedLaunchSupported }
    osDiskSizeGB: 30
    verified: "2026-10-01"
    source: ["first", "second"]
    skus:
      1-gen2: {}
      1.5-arm64: { id: own-id, architecture: arm64, licence: payg, plan: { publisher: p, product: q, name: n }, features: {}, seenIn: [2] }
source: ["test"]
verified: "2026-10-01"
`;

test('what an offer says holds for its images, and an image says what differs', () => {
  const parsed = parseFact(FILE, 'distros/d-1.yaml', ReleaseFile);
  expect(parsed.kind === 'fact' && parsed.fact.bases).toEqual([
    {
      id: 'an-offer-1-gen2',
      publisher: 'Some',
      offer: 'An_Offer',
      sku: '1-gen2',
      variant: 'server',
      architecture: 'x64',
      generation: 'V2',
      licence: 'free',
      plan: { publisher: 'some', product: 'An_Offer', name: '1-gen2' },
      features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }],
      osDiskSizeGB: 30,
      source: ['first', 'second'],
      verified: '2026-10-01',
    },
    {
      id: 'own-id',
      publisher: 'Some',
      offer: 'An_Offer',
      sku: '1.5-arm64',
      variant: 'server',
      architecture: 'arm64',
      generation: 'V2',
      licence: 'payg',
      plan: { publisher: 'p', product: 'q', name: 'n' },
      features: [],
      osDiskSizeGB: 30,
      source: ['second'],
      verified: '2026-10-01',
    },
  ]);
});

test.each([
  ['    generation: V2\n', '', ['23:15 bases.0.skus.1-gen2.generation', '24:18 bases.0.skus.1.5-arm64.generation']],
  ['generation: V2', 'generation: V3', ['16:17 bases.0.generation']],
  ['1-gen2: {}', '1-gen2: { colour: red }', ['24:15 bases.0.skus.1-gen2']],
  ['seenIn: [2]', 'seenIn: [3]', ['25:18 bases.0.skus.1.5-arm64.source.0']],
])('%j as %j is found with its place', (before, after, places) => {
  const parsed = parseFact(FILE.replace(before, after), 'distros/d-1.yaml', ReleaseFile);
  const issues = parsed.kind === 'broken' ? parsed.issues : [];
  expect(issues.map(({ place, message }) => `${place?.line}:${place?.column} ${message.split(': ')[0]}`)).toEqual(places);
});

test('a release reads on few screens', () => {
  const folder = join(import.meta.dirname, '../../src/catalog/distros');
  const lines = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8').split('\n').length);
  expect(Math.max(...lines)).toBeLessThan(400);
});
