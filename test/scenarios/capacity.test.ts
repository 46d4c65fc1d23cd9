import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inSandbox, scenarioSpec, walk } from './walk.ts';

const FOLDER = join(import.meta.dirname, 'debian-12');
const FULL = 'Allocation failed. We do not have sufficient capacity for the requested VM size in this region.';

test('where Azure has no room, the plan’s next size builds and tests, keeps what the image needs, and everybody is told', async () => {
  await inSandbox(FOLDER, {}, async (run) => {
    run.sandbox.change({ kind: 'room-ran-out', vmSize: 'Standard_D2s_v5', code: 'AllocationFailed', message: FULL });
    run.sandbox.change({ kind: 'room-ran-out', vmSize: 'Standard_D2as_v5', code: 'SkuNotAvailable', message: 'not available' });
    const report = await walk(scenarioSpec(FOLDER), run);
    expect(report.outcome).toBe('published');
    const tried = [
      { vmSize: 'Standard_D2s_v5', why: 'no-room', said: expect.stringContaining(`AllocationFailed: ${FULL}`) },
      { vmSize: 'Standard_D2as_v5', why: 'not-available', said: expect.stringContaining('SkuNotAvailable: not available') },
    ];
    expect(report.build?.tried).toEqual(tried);
    const [scsi] = report.validation?.vms ?? [];
    expect(scsi).toMatchObject({ vmSize: 'Standard_D2ds_v5', controller: 'SCSI', tried: [{ why: 'no-room' }, { why: 'not-available' }] });
    expect(report.issues.filter(({ code }) => code === 'SIZE_REPLACED').map(({ severity, message }) => ({ severity, message }))).toEqual([
      { severity: 'warning', message: expect.stringMatching(/^the build VM was Standard_D2ds_v5, the next of `build\.fallbackSizes`/) },
      { severity: 'warning', message: expect.stringMatching(/^the test VM Standard_D2s_v5 \(SCSI\) was Standard_D2ds_v5, the next of/) },
    ]);
    const notes = run.events.flatMap((event) =>
      event.kind === 'stage-note' && event.text.includes('; trying ') ? [`${event.stage}: ${event.text}`] : [],
    );
    expect(notes.map((note) => note.replace(/\(.*\)/, '(…)'))).toEqual([
      'build: Standard_D2s_v5: no room (…); trying Standard_D2as_v5',
      'build: Standard_D2as_v5: not available (…); trying Standard_D2ds_v5',
      'validate: Standard_D2s_v5: no room (…); trying Standard_D2as_v5',
      'validate: Standard_D2as_v5: not available (…); trying Standard_D2ds_v5',
    ]);
  });
});

test('a zone that is full leads to the next one that the user names', async () => {
  await inSandbox(FOLDER, {}, async (run) => {
    run.sandbox.change({ kind: 'room-ran-out', vmSize: 'Standard_D2s_v5', zone: '2', code: 'ZonalAllocationFailed', message: 'full' });
    const report = await walk(scenarioSpec(FOLDER, { test: { zones: [2, 1] } }), run);
    expect(report.outcome).toBe('published');
    expect(report.validation?.vms[0]).toMatchObject({
      vmSize: 'Standard_D2s_v5',
      zone: '1',
      tried: [{ vmSize: 'Standard_D2s_v5', zone: '2', why: 'zone-full' }],
    });
    expect(report.build?.tried).toBeUndefined();
  });
});

test('a size that is named, and no other, is not exchanged: the build ends and says what would help', async () => {
  await inSandbox(FOLDER, {}, async (run) => {
    run.sandbox.change({ kind: 'room-ran-out', vmSize: 'Standard_D4s_v5', code: 'AllocationFailed', message: FULL });
    const report = await walk(scenarioSpec(FOLDER, { build: { vmSize: 'Standard_D4s_v5' } }), run);
    expect(report.outcome).toBe('failed');
    expect(report.issues.find(({ code }) => code === 'BUILD_FAILED')).toMatchObject({
      message: `the image builder run failed: AllocationFailed: ${FULL}`,
      hint: 'name more sizes in `build.fallbackSizes`, ask for quota in northeurope, or wait and run the same command again',
    });
  });
});
