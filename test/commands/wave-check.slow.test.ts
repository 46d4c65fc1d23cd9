import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RefreshReport, VersionActions } from '../../src/model/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { connectedTo } from '../adapters/azure/connected.ts';
import { pointedAt } from './command-line.ts';
import { answer } from './in-process.ts';

const MANIFEST = (rollout: string) => `version: 1
images:
  web-golden:
    source: { owner: '123456789012', name: web-golden-*, region: eu-west-1 }
    target: { subscription: SUBSCRIPTION, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
    build: { identity: /subscriptions/SUBSCRIPTION/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder }
    test: { zones: [1] }
    ${rollout}
`;
const REGIONS = '[northeurope, westeurope, uksouth]';
const ROLLOUT = 'rollout: { waves: [{ regions: [northeurope, westeurope], check: true }] }';

const manifest = (rollout: string) => MANIFEST(rollout).replaceAll('SUBSCRIPTION', sandbox.subscription);

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox({ record: true, clock: { kind: 'on-poll', step: 120 } });
  folder = await mkdtemp(join(tmpdir(), 'regild-wave-'));
  await writeFile(join(folder, 'images.yaml'), manifest(`regions: ${REGIONS}\n    ${ROLLOUT}`));
  await writeFile(join(folder, 'production.yaml'), manifest(`production: { gallery: gal_prod, regions: ${REGIONS}, ${ROLLOUT} }`));
  await writeFile(join(folder, 'ca.pem'), sandbox.caPem);
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const LONG = { timeout: 90_000 };
const call = (...words: readonly string[]) =>
  answer([...words, '--json'], { folder, environment: pointedAt(sandbox, join(folder, 'ca.pem')) });

/** Where the newest version is not `latest`, and what it says of the last check. */
async function held() {
  const compute = await (await connectedTo(sandbox)).connection.compute(sandbox.subscription);
  const versions = await Array.fromAsync(compute.galleryImageVersions.listByGalleryImage('rg-images', 'gal_golden', 'web-golden'));
  const version = versions.at(-1);
  const excluded = (version?.publishingProfile?.targetRegions ?? []).filter((region) => region.excludeFromLatest).map(({ name }) => name);
  return { excluded, check: version?.tags?.['regild-wave-check'] };
}

/** Locations of the VMs that were made since `from` exchanges. */
function booted(from: number): readonly unknown[] {
  return sandbox.exchanges
    .slice(from)
    .filter(({ liveRequest: { method, url } }) => method === 'PUT' && /\/virtualMachines\/[^/]+$/.test(new URL(url).pathname))
    .map(({ liveRequest: { body } }) => (body as { readonly location: string }).location);
}

const item = async (done: ReturnType<typeof call>) => RefreshReport.parse(JSON.parse((await done).stdout)).items[0];
const actions = async (done: ReturnType<typeof call>) => {
  const { code, stdout } = await done;
  const { actions, issues } = VersionActions.parse(JSON.parse(stdout));
  return { code, actions: actions.map(({ action, regions, outcome, reason }) => [action, regions?.join(' '), outcome, reason]), issues };
};

test(
  'between two waves a VM runs the checks in each region of the first; what fails stops the rollout until somebody decides',
  LONG,
  async () => {
    expect((await call('build')).code).toBe(0);
    expect(await held()).toEqual({ excluded: ['UK South'], check: undefined });

    // What would be done says so, and boots nothing.
    const before = sandbox.exchanges.length;
    const pending = 'is not yet latest in uksouth; its checks run in northeurope, westeurope first';
    expect((await item(call('refresh', '--check')))?.drifts).toEqual([
      { kind: 'rollout-pending', version: expect.any(String), reason: expect.stringContaining(pending) },
    ]);
    const why = 'wave 1 is checked before uksouth';
    const next = 'the next wave of the rollout';
    expect(await actions(call('promote', 'web-golden', '--dry-run'))).toEqual({
      code: 0,
      actions: [
        ['check', 'northeurope westeurope', 'due', why],
        ['promote', 'uksouth', 'due', next],
      ],
      issues: [],
    });
    expect(booted(before)).toEqual([]);

    // One VM fails a check.
    const match = { method: 'POST', path: '**/resourceGroups/rg-regild-*/**/runCommand' } as const;
    sandbox.faults.add({ match, times: 1, effect: { kind: 'fail-checks', ids: ['azl-17-sshd'] } });
    const failed = await call('refresh');
    const stopped = await item(Promise.resolve(failed));
    expect(booted(before)).toEqual(['northeurope', 'westeurope']);
    expect([failed.code, stopped?.action, stopped?.outcome, stopped?.changes, stopped?.issues]).toEqual([
      6,
      'reconcile',
      'failed',
      [],
      [
        {
          severity: 'error',
          code: 'ROLLOUT_STOPPED',
          image: 'web-golden',
          message: expect.stringMatching(
            /^version \S+ of web-golden stays out of uksouth: the check of wave 1 failed: check azl-17-sshd on \S+ \(SCSI\): simulated \(northeurope\)$/,
          ),
          hint: 'mend the cause and build again; or `regild promote web-golden` checks this version again, `regild rollback web-golden` goes back',
        },
      ],
    ]);
    const said = await held();
    expect(said).toEqual({
      excluded: ['UK South'],
      check: expect.stringMatching(/^wave 1 failed at \S+: check azl-17-sshd on \S+ \(SCSI\): simulated \(northeurope\)$/),
    });

    // The next refresh boots nothing, and says what is waited for.
    const quiet = sandbox.exchanges.length;
    const waiting = await call('refresh');
    expect(await item(Promise.resolve(waiting))).toMatchObject({
      action: 'wait',
      outcome: 'waiting',
      drifts: [{ kind: 'rollout-stopped', held: '`regild promote web-golden` checks it again, `regild rollback web-golden` goes back' }],
    });
    expect([waiting.code, booted(quiet), await held()]).toEqual([0, [], said]);

    // Who decides has it checked again; what passes lets the next wave go, and is forgotten.
    expect(await actions(call('promote', 'web-golden'))).toEqual({
      code: 0,
      actions: [
        ['check', 'northeurope westeurope', 'done', why],
        ['promote', 'uksouth', 'done', next],
      ],
      issues: [],
    });
    expect([booted(quiet), await held()]).toEqual([['northeurope', 'westeurope'], { excluded: [], check: undefined }]);
  },
);

test('the waves of a production are checked with what its versions were tested with', LONG, async () => {
  const file = ['-f', 'production.yaml'];
  expect((await call('build', ...file, '--force')).code).toBe(0);
  expect((await actions(call('promote', 'web-golden@production', ...file))).actions.map(([action]) => action)).toEqual(['copy']);
  const before = sandbox.exchanges.length;
  expect(await actions(call('promote', 'web-golden@production', ...file))).toEqual({
    code: 0,
    actions: [
      ['check', 'northeurope westeurope', 'done', 'wave 1 is checked before uksouth'],
      ['promote', 'uksouth', 'done', 'the next wave of the rollout'],
    ],
    issues: [],
  });
  expect(booted(before)).toEqual(['northeurope', 'westeurope']);
});

test('a version whose entry was edited since cannot be checked: nobody knows what was planned for it', LONG, async () => {
  const text = manifest(`regions: ${REGIONS}\n    ${ROLLOUT}\n    customize: [{ packages: [nginx] }]`);
  await writeFile(join(folder, 'images.yaml'), manifest(`regions: ${REGIONS}\n    ${ROLLOUT}`));
  expect((await call('build', '--force')).code).toBe(0);
  await writeFile(join(folder, 'images.yaml'), text);
  const before = sandbox.exchanges.length;
  const { code, stdout } = await call('promote', 'web-golden');
  const { issues } = JSON.parse(stdout);
  expect([code, issues.map(({ code: what, message }: { readonly code: string; readonly message: string }) => [what, message])]).toEqual([
    7,
    [
      [
        'PROMOTION_REFUSED',
        expect.stringMatching(
          /^version \S+ of web-golden cannot be checked before its next wave: the entry, or regild itself, has changed since it was built$/,
        ),
      ],
    ],
  ]);
  expect([booted(before), (await held()).excluded]).toEqual([[], ['UK South']]);
});
