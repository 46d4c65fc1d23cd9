import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Answers, renewRelease } from '../../src/catalog/renew-release.ts';
import { staleFacts } from '../../src/catalog/stale-facts.ts';
import { CATALOG } from '../match/told.ts';

const FILE = `id: d-1
bases:
  # the offer's own remark
  - publisher: Some
    offer: An
    variant: server
    generation: V2
    plan: true
    verified: "2026-10-01"
    source: [ "one" ]
    skus:
      a: { features: { SecurityType: TrustedLaunchSupported } } # a remark
      b: {}
`;

type Answer = Answers extends ReadonlyMap<string, infer Value> ? Value : never;

const PLAN = { publisher: 'some', product: 'An', name: 'a' };

function answer(change: Partial<Answer> = {}): Answer {
  return { generation: 'V2', features: [], plan: PLAN, deprecation: { state: 'Active' }, ...change };
}

const said = (answers: Readonly<Record<string, Answer>>) => renewRelease(FILE, new Map(Object.entries(answers)), '2026-11-25').split('\n');

test('what ARM says stands beside the image, and the rest of the file as it was', () => {
  const facts = answer({
    generation: 'V1',
    features: [{ name: 'DiskControllerTypes', value: 'SCSI, NVMe' }],
    plan: undefined,
    deprecation: { state: 'ScheduledForDeprecation', scheduled: '2027-02-01T00:00:00Z', alternative: 'Offer new' },
  });
  expect(said({ 'Some:An:a': facts })).toEqual(
    FILE.replace(
      '{ features: { SecurityType: TrustedLaunchSupported } }',
      '{ features: { DiskControllerTypes: "SCSI, NVMe" }, generation: V1, plan: false, deprecated: { from: 2027-02-01, instead: Offer new }, verified: 2026-11-25 }',
    ).split('\n'),
  );
});

test('where all images of an offer are confirmed, the day stands once', () => {
  const a = answer({ features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }] });
  expect(said({ 'Some:An:a': a, 'Some:An:b': answer({ plan: { ...PLAN, name: 'b' } }) })).toEqual(
    FILE.replace('"2026-10-01"', '"2026-11-25"').split('\n'),
  );
});

test('an image without an answer stays as it is', () => {
  expect(said({})).toEqual(FILE.split('\n'));
  expect(said({ 'Some:An:c': answer() })).toEqual(FILE.split('\n'));
});

test('no file of the catalog loses anything by being written', () => {
  const folder = join(import.meta.dirname, '../../src/catalog/distros');
  const lost = readdirSync(folder).filter((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return !isDeepStrictEqual(parse(renewRelease(text, new Map([['nobody:sells:it', answer()]]), '2026-11-25')), parse(text));
  });
  expect(lost).toEqual([]);
});

test('what nobody looked at: files and images by their day, oldest first', () => {
  const [release] = CATALOG.releases.filter(({ id }) => id === 'debian-13');
  if (release === undefined) throw new Error('the catalog has debian-13');
  const facts = { ...CATALOG, releases: [release] };
  const stale = staleFacts(facts, '2026-11-25').filter(({ file }) => file === 'distros/debian-13.yaml');
  expect(stale.length).toBeGreaterThan(0);
  expect(staleFacts(facts, '2000-01-01')).toEqual([]);
  expect(stale.map(({ verified }) => verified)).toEqual(stale.map(({ verified }) => verified).toSorted());
});
