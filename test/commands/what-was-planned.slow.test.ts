import { readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Report } from '../../src/model/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { connectedTo } from '../adapters/azure/connected.ts';
import { placePrograms } from '../fakes/programs.ts';
import { rounds } from '../rounds.ts';
import { inFolder, pointedAt, regild, signalAt, writesTo } from './command-line.ts';
import { answer } from './in-process.ts';

const BY_IMAGE_BUILDER = `version: 1
images:
  web-golden:
    source: { owner: '123456789012', name: web-golden-*, region: eu-west-1 }
    target: { subscription: SUBSCRIPTION, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
    build: { identity: /subscriptions/SUBSCRIPTION/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder }
    customize: [{ packages: [PACKAGE] }]
`;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ record: true, clock: { kind: 'real', speed: 5000 } });
});
afterEach(() => sandbox.close());

const manifest = (installs: string) => BY_IMAGE_BUILDER.replaceAll('SUBSCRIPTION', sandbox.subscription).replace('PACKAGE', installs);

/** A folder with the manifest and what points the command line at the sandbox of this test. */
function workshop<Result>(use: (folder: string, environment: Readonly<Record<string, string>>) => Promise<Result>) {
  return inFolder({ 'images.yaml': manifest('nginx'), 'other.yaml': manifest('apache2'), 'ca.pem': sandbox.caPem }, (folder) =>
    use(folder, pointedAt(sandbox, join(folder, 'ca.pem'))),
  );
}

interface Held {
  readonly name: string | undefined;
  readonly promoted: boolean;
  /** The package that the plan says which the version's tags name. */
  readonly plan: string | undefined;
  /** The package in the template of which the version's source was made. */
  readonly content: string | undefined;
}

/** What the gallery holds. */
async function versions(folder: string): Promise<readonly Held[]> {
  const compute = await (await connectedTo(sandbox)).connection.compute(sandbox.subscription);
  const listed = await Array.fromAsync(compute.galleryImageVersions.listByGalleryImage('rg-images', 'gal_golden', 'web-golden'));
  const plans = await Promise.all(['runs', 'others'].map((runs) => plansIn(join(folder, runs))));
  return listed.map(({ name, tags, publishingProfile, storageProfile }) => ({
    name,
    promoted: publishingProfile?.excludeFromLatest === false,
    plan: plans.flat().find(({ run, digest }) => run === tags?.['regild-run'] && digest === tags?.['regild-digest'])?.installs,
    content: built().findLast(({ run }) => storageProfile?.source?.id?.includes(`-${run}_`))?.installs,
  }));
}

async function plansIn(runs: string): Promise<readonly { readonly run: string; readonly digest: string; readonly installs: string }[]> {
  const ids = await readdir(runs).catch(() => []);
  return Promise.all(
    ids.map(async (run) => {
      const text = await readFile(join(runs, run, 'web-golden/03-plan.json'), 'utf8');
      return { run, digest: JSON.parse(text).digest, installs: /nginx|apache2/.exec(text)?.[0] ?? '' };
    }),
  );
}

/** What the templates that were really run install, in the order in which they were. */
function built(): readonly { readonly run: string; readonly installs: string }[] {
  const bodies = new Map<string, string>();
  return sandbox.exchanges.flatMap(({ liveRequest: { method, url, body } }) => {
    const path = new URL(url).pathname;
    if (method === 'PUT' && path.includes('/imageTemplates/')) bodies.set(path, JSON.stringify(body));
    const template = method === 'POST' && path.endsWith('/run') ? bodies.get(path.slice(0, -'/run'.length)) : undefined;
    const run = /\d{8}t\d{6}-[0-9a-f]{4}/.exec(path)?.[0] ?? '';
    return template === undefined ? [] : [{ run, installs: /nginx|apache2/.exec(template)?.[0] ?? '' }];
  });
}

/** Claims that stand. */
async function claimsLeft(): Promise<readonly (string | undefined)[]> {
  const compute = await (await connectedTo(sandbox)).connection.compute(sandbox.subscription);
  const sets = await Array.fromAsync(compute.virtualMachineScaleSets.list('rg-images'));
  return sets.filter(({ provisioningState }) => provisioningState !== 'Deleting').map(({ name }) => name);
}

/** A Packer that writes down that it builds, and fails when it is told to end. */
const PACKER = `#!/bin/sh
case $1 in
version) echo 'Packer v1.16.0' ;;
plugins) echo /plugins/github.com/hashicorp/azure/packer-plugin-azure_v2.6.3_x5.0_linux_amd64 ;;
build) echo "$PKR_VAR_run_id" >> "$BUILDS"
  until [ -e "$END" ]; do sleep 0.1; done
  exit 1 ;;
esac
`;

const BUILD = ['build', 'web-golden', '--json'];
const LONG = { timeout: 300_000 };

test(
  'two builds of one image in the same moment: two versions or one refusal, and each report says what its version holds',
  LONG,
  async () => {
    for (let round = 1; round <= rounds(1, 8); round++) {
      await workshop(async (folder, environment) => {
        const before = built().length;
        const start = (file: string, runs: string) => regild([...BUILD, '-f', file, '--runs', runs, '--force'], { folder, environment });
        const done = await Promise.all([start('images.yaml', 'runs'), start('other.yaml', 'others')]);
        const reports = done.map(({ stdout }) => Report.parse(JSON.parse(stdout)).images[0]);
        const published = reports.filter((report) => report?.outcome === 'published');
        const names = published.map((report) => report?.published?.version);
        expect(new Set(names).size, 'no version has two reports').toBe(names.length);
        const refused = reports.filter((report) => report?.outcome !== 'published').flatMap((report) => report?.issues ?? []);
        const codes = refused.filter(({ severity }) => severity === 'error').map(({ code }) => code);
        expect(published.length + codes.length).toBe(2);
        for (const code of codes) expect(['BUILD_RUNNING', 'PREFLIGHT_FAILED', 'PREFLIGHT_VERSION']).toContain(code);
        expect(built().length - before, 'who is refused has built nothing').toBe(published.length);
        expect(done.map(({ code }) => (code === 75 || code === 4 ? 'refused' : code)).toSorted()).toEqual(
          published.length === 2 ? [0, 0] : [0, 'refused'],
        );
        const held = (await versions(folder)).filter(({ name }) => names.includes(name));
        expect(held.map(({ name, promoted }) => [name, promoted])).toEqual(names.toSorted().map((name) => [name, true]));
        for (const { plan, content } of held) expect([plan, content]).toEqual([expect.stringMatching(/nginx|apache2/), plan]);
      });
    }
  },
);

test(
  'two builds with Packer in the same moment: one runs Packer, the other is refused before, and told which run builds',
  LONG,
  async () => {
    for (let round = 1; round <= rounds(1, 12); round++) {
      await workshop(async (folder, pointed) => {
        placePrograms(folder, { packer: PACKER });
        const [builds, end] = [join(folder, 'builds'), join(folder, 'end')];
        const environment = { ...pointed, BUILDS: builds, END: end, PATH: [folder, process.env.PATH].join(delimiter) };
        for (const file of ['images.yaml', 'other.yaml']) {
          const text = await readFile(join(folder, file), 'utf8');
          await writeFile(join(folder, file), text.replace('    customize:', '    engine: packer\n    customize:'));
        }
        const start = (file: string, runs: string) => regild([...BUILD, '-f', file, '--runs', runs, '--force'], { folder, environment });
        const both = [start('images.yaml', 'runs'), start('other.yaml', 'others')];
        // Packer builds until the other one has ended, however slow this machine is.
        const refused = await Promise.race(both);
        // Who holds the claim may have come to Packer or not yet.
        const building = await vi.waitFor(() => runIn(builds), { timeout: 120_000 });
        expect([refused.code, errorsOf(refused)]).toEqual([
          75,
          [['BUILD_RUNNING', expect.stringContaining(`run ${building} is building web-golden for gal_golden/web-golden since `)]],
        ]);
        await writeFile(end, '');
        const done = await Promise.all(both);
        expect(
          done
            .flatMap(errorsOf)
            .map(([code]) => code)
            .toSorted(),
        ).toEqual(['BUILD_FAILED', 'BUILD_RUNNING']);
        expect((await readFile(builds, 'utf8')).trim(), 'who is refused has built nothing').toBe(building);
        expect(await claimsLeft()).toEqual([]);
      });
    }
  },
);

/** The run that a file names; throws while there is none in it. */
async function runIn(file: string): Promise<string> {
  const run = (await readFile(file, 'utf8')).trim();
  if (run === '') throw new Error(`${file} is empty`);
  return run;
}

function errorsOf({ stdout }: { readonly stdout: string }): readonly (readonly [string, string])[] {
  const issues = Report.parse(JSON.parse(stdout)).images[0]?.issues ?? [];
  return issues.filter(({ severity }) => severity === 'error').map(({ code, message }) => [code, message]);
}

test('an entry that is edited while its template builds is not published under the new recipe', LONG, async () => {
  await workshop(async (folder, environment) => {
    sandbox.faults.add({ match: { method: 'POST', path: '**/imageTemplates/*/run' }, effect: { kind: 'stuck-operation' } });
    await regild([...BUILD, '--runs', 'runs'], { folder, environment, onStderr: signalAt('build: Customizing', 'SIGKILL') });
    expect(built().map(({ installs }) => installs)).toEqual(['nginx']);
    await writeFile(join(folder, 'images.yaml'), manifest('apache2'));
    const refused = await answer([...BUILD, '--runs', 'runs', '--resume'], { folder, environment });
    expect([refused.code, JSON.parse(refused.stdout).images[0].issues.map(({ code }: { readonly code: string }) => code)]).toEqual([
      2,
      ['RUN_NOT_FOUND'],
    ]);
    expect(writesTo(sandbox).filter((write) => write.endsWith('/run'))).toHaveLength(1);
  });
});

test('the same run with another plan stops the template of the earlier one and builds its own', LONG, async () => {
  await workshop(async (folder, environment) => {
    sandbox.faults.add({ match: { method: 'POST', path: '**/imageTemplates/*/run' }, effect: { kind: 'stuck-operation' } });
    const run = ['--run-id', '20261125t080000-abcd'];
    await regild([...BUILD, '--runs', 'runs', ...run], { folder, environment, onStderr: signalAt('build: Customizing', 'SIGKILL') });
    // The runner is lost, and its run is continued elsewhere by its id, from a manifest that was edited.
    const done = await answer([...BUILD, '-f', 'other.yaml', '--runs', 'others', ...run], { folder, environment });
    expect([done.code, done.stderr]).toEqual([0, expect.stringContaining('stopping the build of an earlier recipe')]);
    expect(built().map(({ installs }) => installs)).toEqual(['nginx', 'apache2']);
    expect(await versions(folder)).toEqual([{ name: expect.stringMatching(/\.0$/), promoted: true, plan: 'apache2', content: 'apache2' }]);
  });
});

test('a build that starts while another run tests the same is refused, and builds beside it when it is forced', LONG, async () => {
  await workshop(async (folder, environment) => {
    const staged = await answer([...BUILD, '--until', 'build', '--runs', 'runs'], { folder, environment });
    const { runId: id } = Report.parse(JSON.parse(staged.stdout));
    const refused = await answer([...BUILD, '--runs', 'others'], { folder, environment });
    expect([staged.code, refused.code, Report.parse(JSON.parse(refused.stdout)).images[0]?.issues.at(-1)]).toEqual([
      0,
      75,
      {
        severity: 'error',
        code: 'BUILD_RUNNING',
        image: 'web-golden',
        message: expect.stringMatching(
          new RegExp(`^run ${id} has built version .*\\.0 from the same AMI, base and recipe, and may still be testing it$`),
        ),
        hint: `wait until it has ended, or continue it with \`regild build web-golden --run-id ${id}\`; --force makes another version of the same`,
        place: expect.anything(),
      },
    ]);
    const forced = await answer([...BUILD, '--runs', 'others', '--force'], { folder, environment });
    const continued = await answer([...BUILD, '--runs', 'runs', '--resume'], { folder, environment });
    expect([forced.code, continued.code, built().map(({ installs }) => installs)]).toEqual([0, 0, ['nginx', 'nginx']]);
  });
});
