import { expect, test } from 'vitest';
import type { ImageReport } from '../../src/model/index.ts';
import { factsOf } from '../../src/report/facts.ts';
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
