import { expect, test } from 'vitest';
import { walkRun } from '../../src/commands/run-fleet.ts';
import { exitCodeOf } from '../../src/exit-code.ts';
import { fakeContext } from '../fakes/context.ts';
import { aSpec } from '../fakes/values.ts';
import { fakeIo } from './fake-io.ts';

/** A run whose artifacts are kept, except the report, for which there is no room. */
async function fullDisk() {
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write', path: '/runs/r1/report.json' });
  const save = async (_: string, { kind }: { readonly kind: string }) => {
    if (kind === 'Report') throw full;
  };
  const context = fakeContext({ artifacts: { save, load: async () => undefined }, ec2: { findAmi: async () => undefined } });
  const work = { command: 'analyze', until: 'analyze', force: false } as const;
  const flags = { manifest: 'images.yaml', concurrency: 1, accept: [] } as never;
  return walkRun([aSpec()], flags, work, { context, started: new Date(0), io: fakeIo('/nowhere').io });
}

test('what was done is told also where it cannot be saved, and so is the reason', async () => {
  const report = await fullDisk();
  expect(report.images.map(({ image, issues }) => [image, issues.map(({ code }) => code)])).toEqual([['web', ['AMI_NOT_FOUND']]]);
  expect(report.issues).toEqual([
    {
      severity: 'error',
      code: 'SYSTEM_REFUSED',
      message: 'could not write /runs/r1/report.json: the disk is full (ENOSPC)',
      hint: 'make room, then go on with --resume',
      image: undefined,
    },
  ]);
  expect([exitCodeOf(report), exitCodeOf({ ...report, images: [] })]).toEqual([1, 1]);
});
