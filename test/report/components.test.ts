import { expect, test } from 'vitest';
import { type ComponentDecision, type ComponentOutcome, type ReportedValidation, reportedPlan } from '../../src/model/index.ts';
import { countFates, fatesOf, nameFates, replacementsOf } from '../../src/report/components.ts';
import { replacementLines } from '../../src/report/replacement-parts.ts';
import { aPlan } from '../fakes/values.ts';

function decision(id: string, change: Partial<ComponentDecision> = {}): ComponentDecision {
  return { id, title: id.toUpperCase(), action: 'remove', reason: 'r', azureEquivalent: `Azure ${id}; details`, ...change };
}

const PLAN = aPlan({
  components: [
    decision('agent', { expected: true }),
    decision('cli', { action: 'keep', reason: 'images.yaml keeps it', expected: true }),
    decision('banner', { azureEquivalent: 'none: Azure needs no banner', expected: true }),
    decision('rare'),
  ],
});

function fates(components: readonly ComponentOutcome[] = [], recorded?: number) {
  const validation: ReportedValidation = {
    kind: 'ValidationReport',
    schemaVersion: 1,
    image: 'web',
    versionId: 'v',
    vms: [],
    components,
    recorded,
    passed: true,
    simulated: false,
    issues: [],
  };
  return fatesOf({ plan: reportedPlan(PLAN), validation });
}

test('before an image was asked: what would happen, and what replaces what the family is known to carry', () => {
  const planned = fatesOf({ plan: reportedPlan(PLAN) });
  expect([countFates(planned), nameFates(planned)]).toEqual(['3 removed where found, 1 kept', '3 removed where found, 1 kept']);
  expect(replacementsOf(planned)).toEqual([{ id: 'agent', title: 'AGENT', azure: 'Azure agent; details', seen: 'expected' }]);
});

test('an image without a record proves nothing', () => {
  expect(fates()).toEqual(fatesOf({ plan: reportedPlan(PLAN) }));
});

test('what was found, by name; what was not, as a number', () => {
  const found = fates(
    [
      { id: 'agent', outcome: 'left' },
      { id: 'cli', outcome: 'kept' },
      { id: 'rare', outcome: 'removed' },
    ],
    3,
  );
  expect(nameFates(found)).toBe('removed rare; kept cli (images.yaml keeps it); still there: agent; not found: 1');
  expect(countFates(found)).toBe('1 removed, 1 kept, 1 left, 1 not found');
  expect(replacementsOf(found).map(({ id, seen }) => `${id} ${seen}`)).toEqual(['agent found', 'rare found']);
});

test('nothing found is said as that', () => {
  const none = fates([], 0);
  expect([nameFates(none), replacementsOf(none)]).toEqual(['not found: 4', []]);
});

test('a cut record leaves open what it did not tell', () => {
  expect(nameFates(fates([{ id: 'agent', outcome: 'removed' }], 2))).toBe('removed agent; of 3 nothing was told');
});

test('a terminal shows what stands before the details, and nothing cut within brackets', () => {
  const azure = (text: string) => replacementLines([{ id: 'c', title: 't', azure: text, seen: 'found' }])[0]?.text;
  expect([
    azure('VM Agent (needs Server 2016+; 2012 R2 by hand) and more; details'),
    azure('Azure CLI'),
    azure('A (b; unclosed'),
    azure('A; b (c; d)'),
  ]).toEqual(['c → VM Agent (needs Server 2016+; 2012 R2 by hand) and more', 'c → Azure CLI', 'c → A (b', 'c → A']);
});

test('a terminal shows the services of the first eight', () => {
  const many = Array.from({ length: 10 }, (_, index) => ({ id: `c${index}`, title: 't', azure: 'A; b', seen: 'found' as const }));
  const [line] = replacementLines(many);
  expect([line?.text, line?.below?.length, line?.below?.at(-1)]).toEqual([
    'c0 → A',
    8,
    'and 2 more (`regild report --format markdown` shows them)',
  ]);
  expect(replacementLines([])).toEqual([]);
});
