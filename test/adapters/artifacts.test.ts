import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createArtifacts } from '../../src/adapters/artifacts.ts';
import { systemClock } from '../../src/adapters/clock.ts';
import { createEventLog } from '../../src/adapters/event-log.ts';
import { forgetSecrets, knowSecrets } from '../../src/model/redact.ts';

test('an artifact is a JSON file of the same text whatever its length, and nothing is left beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regild-artifacts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const plan = { kind: 'BuildPlan', files: Array.from({ length: 30 }, (_, index) => ({ path: `ä-${index}`, text: 'ü'.repeat(10_000) })) };
  const artifacts = createArtifacts(folder);
  await artifacts.save('web', plan);
  expect(await readdir(join(folder, 'web'))).toEqual(['03-plan.json']);
  expect((await readFile(join(folder, 'web/03-plan.json'), 'utf8')) === `${JSON.stringify(plan, null, 2)}\n`).toBe(true);
  expect(await artifacts.load('web', 'BuildPlan')).toEqual(plan);
});

test('of the report of a run each image is a line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regild-artifacts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const artifacts = createArtifacts(folder);
  const report = { kind: 'Report', images: [{ image: 'web', issues: [{ code: 'A' }] }, { image: 'db' }], issues: [] };
  await artifacts.save('.', report);
  expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe(`{
  "kind": "Report",
  "images": [
{"image":"web","issues":[{"code":"A"}]},
{"image":"db"}
  ],
  "issues": []
}
`);
  expect(await artifacts.load('.', 'Report')).toEqual(report);
});

test('what is known to be secret is written into no report and no log; a plan that holds it is refused, without it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regild-artifacts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  onTestFinished(forgetSecrets);
  knowSecrets(['hunter2-hunter2']);
  const run = createArtifacts(folder);
  await run.save('web', { kind: 'ImageReport', said: 'hunter2-hunter2' } as never);
  await run.log('web', 'build.log', 'login hunter2-hunter2\n');
  expect(await run.load('web', 'ImageReport')).toEqual({ kind: 'ImageReport', said: '***' });
  expect(await readFile(join(folder, 'web/build.log'), 'utf8')).toBe('login ***\n');
  for (const refused of [
    () => run.save('web', { kind: 'BuildPlan', said: 'hunter2-hunter2' } as never),
    () => run.saveFiles('web', 'packer', [{ path: 'build.pkr.hcl', content: 'x = "hunter2-hunter2"' }] as never),
  ]) {
    const failure: unknown = await refused().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'SECRET_IN_OUTPUT',
      message: expect.stringContaining('would hold a secret of your environment'),
    });
    expect(String(failure)).not.toContain('hunter2');
  }
  expect(await readdir(join(folder, 'web'))).toEqual(['09-report.json', 'build.log', 'packer']);
  expect(await readdir(join(folder, 'web/packer'))).toEqual([]);
});

test("folders of a run are their owner's alone, whatever the umask: it takes rights away, and there are none to take", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regild-artifacts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const run = createArtifacts(join(folder, '.regild/runs/one'));
  await run.save('web', { kind: 'ImageReport' } as never);
  await run.log('api', 'build.log', 'x\n');
  const modes = ['.regild', '.regild/runs', '.regild/runs/one', '.regild/runs/one/web', '.regild/runs/one/api'].map(
    async (path) => (await stat(join(folder, path))).mode & 0o777,
  );
  expect(await Promise.all(modes)).toEqual(Array(5).fill(0o700));
});

test("files of a run are their owner's alone: artifacts, what an engine is given, logs and events", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regild-artifacts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const run = createArtifacts(folder);
  await run.save('web', { kind: 'ImageReport' } as never);
  await run.saveFiles('web', 'packer', [{ path: 'build.pkr.hcl', content: 'x = 1' }]);
  await run.log('web', 'build.log', 'x\n');
  createEventLog(join(folder, 'events.jsonl'), systemClock).emit({ kind: 'image-finished', image: 'web', outcome: 'built' });
  await vi.waitFor(() => stat(join(folder, 'events.jsonl')));
  const files = ['web/09-report.json', 'web/packer/build.pkr.hcl', 'web/build.log', 'events.jsonl'];
  const modes = files.map(async (path) => [path, (await stat(join(folder, path))).mode & 0o777]);
  expect(await Promise.all(modes)).toEqual(files.map((path) => [path, 0o600]));
});
