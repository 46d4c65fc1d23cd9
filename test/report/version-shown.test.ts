import { expect, test } from 'vitest';
import type { ImageReport } from '../../src/model/index.ts';
import { factsOf } from '../../src/report/facts.ts';
import { issuesOf } from '../../src/report/issues.ts';
import { summarise } from '../../src/report/summary.ts';
import { REPORT } from './fixture.ts';

const planned = REPORT.images.find(({ plan }) => plan !== undefined);
const shown = (outcome: ImageReport['outcome']) => {
  if (planned === undefined) throw new Error('the fixture has no plan');
  const { published: _, build: _built, ...rest } = planned;
  const image = { ...rest, outcome };
  return [summarise(image).version, factsOf(image).find(({ label }) => label === 'version')?.value];
};

test('the version of a plan is shown as planned only where one is to come', () => {
  const version = planned?.plan?.version;
  expect(shown('ready')).toEqual([version, expect.stringContaining(`/${version} (planned)`)]);
  expect([shown('blocked'), shown('unchanged')]).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
});

test('the regions that a version is to go to are told until it is there', () => {
  if (planned?.plan === undefined) throw new Error('the fixture has no plan');
  const { published, ...rest } = planned;
  const regions = (image: ImageReport) => factsOf(image).find(({ label }) => label === 'regions')?.value;
  const plan = { ...planned.plan, release: { laterRegions: ['swedencentral'], safety: {} } };
  expect([
    regions({ ...rest, plan, outcome: 'ready' }),
    regions({ ...rest, outcome: 'built' }),
    regions({ ...rest, outcome: 'blocked' }),
    regions({ ...rest, published, outcome: 'published' }),
  ]).toEqual([
    'northeurope (1 replica on Standard_LRS, built here); swedencentral (2 replicas on Standard_ZRS, `latest` in a later wave)',
    'northeurope (1 replica on Standard_LRS, built here); swedencentral (2 replicas on Standard_ZRS)',
    undefined,
    undefined,
  ]);
});

test('an issue that a stage and the report have is told once, with the place that the report knows', () => {
  if (planned?.plan === undefined) throw new Error('the fixture has no plan');
  const issue = { severity: 'error', code: 'RESTART_NOT_SUPPORTED', message: 'no', image: 'web' } as const;
  const placed = { ...issue, place: { file: 'images.yaml', line: 25, column: 3 } };
  const { validation: _, match: _match, analysis: _analysis, ...rest } = planned;
  expect(issuesOf({ ...rest, plan: { ...planned.plan, issues: [issue] }, issues: [placed] })).toEqual([placed]);
});
