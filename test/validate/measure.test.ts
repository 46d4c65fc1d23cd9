import { expect, test } from 'vitest';
import { type BuildPlan, sha256 } from '../../src/model/index.ts';
import { measure, measuredWorse, measuringOf } from '../../src/validate/measure.ts';
import { aPlan } from '../fakes/values.ts';

const SCRIPT = 'text\n';
const assets = { own: async () => SCRIPT };

function planned(metrics: NonNullable<BuildPlan['test']['measure']>['metrics']): BuildPlan {
  const { test: asked, ...plan } = aPlan();
  return { ...plan, test: { ...asked, measure: { script: { path: 'scripts/linux/measure.sh', sha256: sha256(SCRIPT) }, metrics } } };
}

const METRICS = [
  { metric: 'boot', ami: 10, limit: 30 },
  { metric: 'diskRead', ami: 200, limit: 100 },
  { metric: 'diskIops', limit: 500 },
  { metric: 'diskLatency', ami: 1 },
] as const;

const stdout = ['boot\t31\thow', 'diskRead\t100\thow', 'diskIops\t-\tno Python'].map((line) => `regild-measure\t${line}\n`).join('');

async function measured(simulated: boolean) {
  const measuring = await measuringOf(planned(METRICS), assets, simulated);
  return measuring && measure(measuring, { run: async () => ({ stdout, stderr: '' }) });
}

test('a plan that asks for nothing measures nothing', async () => {
  expect(await measuringOf(aPlan(), assets, false)).toBeUndefined();
});

test('a script that is not the planned one is not run', async () => {
  const other = { own: async () => 'another\n' };
  await expect(measuringOf(planned(METRICS), other, false)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
});

test('each figure stands beside the one of the AMI, and only a limit judges it', async () => {
  expect(await measured(false)).toEqual([
    { metric: 'boot', value: 31, how: 'how', ami: 10, limit: 30, kept: false },
    { metric: 'diskRead', value: 100, how: 'how', ami: 200, limit: 100, kept: true },
    { metric: 'diskIops', value: undefined, how: 'no Python', ami: undefined, limit: 500, kept: false },
    { metric: 'diskLatency', value: undefined, how: 'the guest gave no answer', ami: 1, limit: undefined },
  ]);
});

test('what is simulated keeps and breaks no limit', async () => {
  expect((await measured(true))?.map((figure) => 'kept' in figure)).toEqual([false, false, false, false]);
});

test('a broken limit, or one that could not be measured against, stops the publication; nothing else does', async () => {
  const vm = { vmSize: 'Standard_D2s_v5', controller: 'SCSI', checks: [], measured: await measured(false) } as const;
  expect(measuredWorse('web', vm)).toEqual([
    {
      severity: 'error',
      code: 'MEASURED_WORSE',
      message: 'boot on Standard_D2s_v5 (SCSI) is 31 s; the limit is 30 s at most',
      hint: 'another `test.vmSize`, a larger disk, or another `measure.boot.limit`',
      image: 'web',
    },
    {
      severity: 'error',
      code: 'MEASURED_WORSE',
      message: 'diskIops on Standard_D2s_v5 (SCSI) was not measured: no Python; the limit is 500 IOPS at least',
      hint: 'another `test.vmSize`, a larger disk, or another `measure.diskIops.limit`',
      image: 'web',
    },
  ]);
});
