import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ImageReport, Report } from '../../src/model/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { connectedTo } from '../adapters/azure/connected.ts';
import { regild, signalAt, workshop, writesTo } from './command-line.ts';
import { answer } from './in-process.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ record: true });
});
afterEach(() => sandbox.close());

/** Ids of what is left in the subscription beside the gallery and the build identity, once everything that was asked to go had the time to. */
async function leftBehind(): Promise<readonly string[]> {
  sandbox.clock.advance(24 * 60 * 60);
  const arm = await (await connectedTo(sandbox)).connection.arm();
  const resources = await arm.get(`/subscriptions/${sandbox.subscription}/resources`, '2022-09-01');
  const groups = await arm.get(`/subscriptions/${sandbox.subscription}/resourcegroups`, '2022-09-01');
  const ids = [resources, groups].flatMap((answer) =>
    (answer as { readonly value: readonly { readonly id: string }[] }).value.map(({ id }) => id),
  );
  return ids
    .map((id) => id.split('/').slice(-2).join('/'))
    .filter((id) => !/^(galleries|images|versions|userAssignedIdentities)\//.test(id));
}

const requests = (pattern: RegExp) => writesTo(sandbox).filter((write) => pattern.test(write)).length;

/** Three walks, one after the other. */
const LONG = { timeout: 240_000 };

test('Ctrl-C during the build and then during validation: cleaned up, saved, and resumed without building twice', LONG, async () => {
  await workshop(sandbox, async (folder, environment) => {
    sandbox.faults.add({ match: { method: 'POST', path: '**/imageTemplates/*/run' }, effect: { kind: 'stuck-operation' } });
    const inBuild = await regild(['build', 'web-golden'], {
      folder,
      environment,
      onStderr: signalAt('build: Customizing', 'SIGINT'),
    });
    expect(inBuild.stderr).toContain('cancelling: cleaning up and saving the run; press Ctrl-C again to leave at once');
    expect([inBuild.code, await saved(folder)]).toEqual([130, { outcome: 'cancelled', stage: 'build' }]);
    expect(await leftBehind()).toEqual(['resourceGroups/rg-images']);

    sandbox.faults.add({ match: { method: 'PUT', path: '**/virtualMachines/*' }, effect: { kind: 'stuck-operation' } });
    const resumed = ['build', 'web-golden', '--resume'];
    const inValidation = await regild(resumed, { folder, environment, onStderr: signalAt('booting', 'SIGINT') });
    expect(inValidation.stderr).toMatch(/web-golden render done in .* \(from the run folder\)/);
    expect([inValidation.code, await saved(folder)]).toEqual([130, { outcome: 'cancelled', stage: 'validate' }]);
    expect(await leftBehind()).toEqual(['resourceGroups/rg-images']);

    const done = await answer([...resumed, '--json'], { folder, environment });
    const [image] = Report.parse(JSON.parse(done.stdout)).images;
    expect([done.code, image?.outcome, image?.published?.promoted]).toEqual([0, 'published', true]);
    expect(requests(/^POST .*\/imageTemplates\/[^/]+\/run$/), 'the stuck one and the one that succeeded').toBe(2);
    expect(await leftBehind()).toEqual(['resourceGroups/rg-images']);
    expect(await readdir(join(folder, '.regild/runs'))).toHaveLength(1);
  });
});

test('the second Ctrl-C leaves at once', async () => {
  await workshop(sandbox, async (folder, environment) => {
    sandbox.faults.add(
      { match: { method: 'POST', path: '**/imageTemplates/*/run' }, effect: { kind: 'stuck-operation' } },
      { match: { method: 'POST', path: '**/imageTemplates/*/cancel' }, effect: { kind: 'delay', milliseconds: 20_000 } },
    );
    const first = signalAt('build: Customizing', 'SIGINT');
    const second = signalAt('press Ctrl-C again to leave at once', 'SIGINT');
    const onStderr: typeof first = (soFar, child) => {
      first(soFar, child);
      second(soFar, child);
    };
    const done = await regild(['build', 'web-golden'], { folder, environment, onStderr });
    expect([done.code, done.stdout, await saved(folder)]).toEqual([130, '', undefined]);
  });
});

test.each<[string, NonNullable<Parameters<typeof regild>[1]['onStderr']>]>([
  ['a terminal that is closed', signalAt('build: Customizing', 'SIGHUP')],
  // Only a write notices it: of the phases that follow the first one there is one to tell.
  ['diagnostics that nobody reads any more', (soFar, child) => void (soFar.includes('build: Creating') && child.stderr?.destroy())],
])('%s cancels like Ctrl-C', LONG, async (_title, onStderr) => {
  await workshop(sandbox, async (folder, environment) => {
    sandbox.faults.add({ match: { method: 'POST', path: '**/imageTemplates/*/run' }, effect: { kind: 'stuck-operation' } });
    const done = await regild(['build', 'web-golden'], { folder, environment, onStderr });
    expect([done.code, await saved(folder)]).toEqual([129, { outcome: 'cancelled', stage: 'build' }]);
    expect(await leftBehind()).toEqual(['resourceGroups/rg-images']);
  });
});

/** How the report in the only run folder ends; undefined when it was not written. */
async function saved(folder: string): Promise<Pick<ImageReport, 'outcome' | 'stage'> | undefined> {
  const [run = ''] = await readdir(join(folder, '.regild/runs'));
  const image = join(folder, '.regild/runs', run, 'web-golden');
  if (!(await readdir(image)).includes('09-report.json')) return undefined;
  const { outcome, stage } = ImageReport.parse(JSON.parse(await readFile(join(image, '09-report.json'), 'utf8')));
  return { outcome, stage };
}

test('a killed build is continued, whatever was looked at or lies beside it since', LONG, async () => {
  await workshop(sandbox, async (folder, environment) => {
    const killed = await regild(['build', 'web-golden'], { folder, environment, onStderr: signalAt('build: Customizing', 'SIGKILL') });
    const [run = ''] = await readdir(join(folder, '.regild/runs'));
    expect(killed.stderr).toContain(`run         ${run}; cut short, it goes on with \`regild build --resume ${run}\``);
    await mkdir(join(folder, '.regild/runs/old-backup'));
    expect((await answer(['plan', 'web-golden'], { folder, environment })).code).toBe(0);

    const staged = await answer(['build', 'web-golden', '--resume', '--until', 'validate'], { folder, environment });
    expect([staged.code, requests(/\/run$/)]).toEqual([0, 1]);
    expect(staged.stderr).toContain(`next        \`regild build web-golden --resume ${run}\` goes on with the run\n`);
    expect((await answer(['plan', 'web-golden'], { folder, environment })).code).toBe(0);

    const published = await answer(['publish', 'web-golden', '--json'], { folder, environment });
    const { runId, images } = Report.parse(JSON.parse(published.stdout));
    expect([published.code, runId, images[0]?.published?.promoted, requests(/\/run$/)]).toEqual([0, run, true, 1]);
    expect((await answer(['report', '--format', 'json'], { folder })).stdout).toContain(`"runId": "${run}"`);
    const again = await answer(['build', 'web-golden', '--resume'], { folder, environment });
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('no run in .regild/runs left web-golden unfinished')]);
  });
});
