import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FleetStatus, Report, SweepResult } from '../../src/model/index.ts';
import { inFolder, regild } from './command-line.ts';
import { sandboxIn } from './sandbox-process.ts';

const SUBSCRIPTION = '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f';
const IDENTITY = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder`;
const AMIS = { golden: 'web-golden-*', alike: 'web-golden-2026-*', again: 'web-golden-2026-10-*' };

/** A manifest of images, each of which installs a package. */
function manifest(installs: Readonly<Record<string, string>>, regions = 'northeurope'): string {
  const images = Object.entries(installs).map(([name, packages]) => {
    const source = `source: { owner: '123456789012', name: '${Object.entries(AMIS).find(([key]) => key === name)?.[1]}', region: eu-west-1 }`;
    return `  ${name}:\n    ${source}\n    customize: [{ packages: [${packages}] }]\n`;
  });
  return `version: 1
defaults:
  target: { subscription: ${SUBSCRIPTION}, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
  build: { identity: ${IDENTITY} }
  regions: [${regions}]
images:
${images.join('')}`;
}

/** A process with the words of a command line. */
type Start = (...words: readonly string[]) => ReturnType<typeof regild>;

interface Place {
  readonly folder: string;
  readonly start: Start;
  /** Versions as they stand, by image, oldest first: number, state, and the digest of what they are made from. */
  readonly versions: () => Promise<Readonly<Record<string, readonly string[]>>>;
  /** What runs left, and nobody works on. */
  readonly left: () => Promise<readonly unknown[]>;
}

/** A folder, and a sandbox that is a process of its own. */
function inPlace(text: string, use: (place: Place) => Promise<void>, speed?: number): Promise<void> {
  return inFolder({ 'images.yaml': text }, async (folder) => {
    const sandbox = await sandboxIn(folder, speed);
    const { environment } = sandbox;
    const start: Start = (...words) => regild(words, { folder, environment });
    const versions = async () => {
      const { images } = FleetStatus.parse(JSON.parse((await start('status', '--json')).stdout));
      return Object.fromEntries(
        images.map(({ image, versions: all }) => [
          image,
          all.map(({ version, state, tags }) => [version, state, tags['regild-digest']?.slice(0, 8)].join(' ')).toReversed(),
        ]),
      );
    };
    const left = async () => SweepResult.parse(JSON.parse((await start('sweep', '--dry-run', '--json')).stdout)).items;
    try {
      await use({ folder, start, versions, left });
    } finally {
      sandbox.process.kill('SIGINT');
    }
  });
}

/** What a build says that it published: number, state and digest as `versions` gives them. */
function publishedBy({ stdout }: Awaited<ReturnType<Start>>): readonly (readonly [image: string, version: string])[] {
  return Report.parse(JSON.parse(stdout)).images.flatMap(({ image, outcome, published, plan }) =>
    outcome === 'published' ? [[image, `${published?.version} released ${plan?.digest.slice(0, 8)}`] as const] : [],
  );
}

/** How an image may end of which another process builds the same. */
const EXPECTED = ['published', 'unchanged', 'failed', 'BUILD_RUNNING', 'PREFLIGHT_FAILED'];

const THREE = { golden: 'nginx', alike: 'apache2', again: 'chrony' };

test('three processes that write the lock file at once lose no entry', async () => {
  await inPlace(manifest(THREE), async ({ folder, start }) => {
    const done = await Promise.all(Object.keys(THREE).map((image) => start('plan', image, '--update-lock')));
    expect(done.map(({ code }) => code)).toEqual([0, 0, 0]);
    const text = await readFile(join(folder, 'images.lock.yaml'), 'utf8');
    expect([...text.matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name).toSorted()).toEqual(Object.keys(THREE).toSorted());
    expect((await start('plan', '--locked')).code).toBe(0);
  });
});

test('of two fleets over the same images each version has one report, one content and one run, and nothing is left', async () => {
  await inPlace(manifest({ golden: 'nginx', alike: 'apache2' }), async ({ start, versions, left }) => {
    const fleets = await Promise.all(['runs', 'others'].map((runs) => start('build', '--json', '--runs', runs)));
    // Who comes second is told that the other builds, or finds what it built; or was later than all of it and builds nothing.
    for (const { code, stdout } of fleets) {
      const told = Report.parse(JSON.parse(stdout)).images.flatMap(({ outcome, issues }) => [
        outcome,
        ...issues.flatMap(({ severity, code: trouble }) => (severity === 'error' ? [trouble] : [])),
      ]);
      expect(told.filter((word) => !EXPECTED.includes(word))).toEqual([]);
      expect([0, 4, 9, 75]).toContain(code);
    }
    const reported = Map.groupBy(fleets.flatMap(publishedBy), ([image]) => image);
    const expected = Object.fromEntries([...reported].map(([image, all]) => [image, all.map(([, version]) => version).toSorted()]));
    expect(await versions()).toEqual({ golden: expect.any(Array), alike: expect.any(Array) });
    expect(await versions()).toEqual(expected);
    expect(await left()).toEqual([]);
  });
});

test('sweeps beside a build take nothing that it needs', async () => {
  await inPlace(manifest({ golden: 'nginx' }), async ({ start, versions, left }) => {
    let isOver = false;
    const building = start('build', '--json').finally(() => {
      isOver = true;
    });
    const sweeps = [];
    while (!isOver) sweeps.push(await start('sweep', '--staged', '--json'));
    const built = await building;
    expect(built.code).toBe(0);
    expect(await versions()).toEqual({ golden: publishedBy(built).map(([, version]) => version) });
    expect(sweeps.map(({ code }) => code).filter((code) => code !== 0)).toEqual([]);
    expect(await left()).toEqual([]);
  });
});

/** A build takes so long then that the other refresh has looked, and planned, before it is over. */
const SLOWLY = 1000;

test('two refreshes at once build what is due once, and each says what it did', async () => {
  const beside = async ({ folder, start, versions, left }: Place) => {
    expect((await start('build')).code).toBe(0);
    const before = await versions();
    await writeFile(join(folder, 'images.yaml'), manifest({ golden: 'apache2' }, 'northeurope, westeurope'));
    const refreshes = await Promise.all(['runs', 'others'].map((runs) => start('refresh', '--json', '--runs', runs)));
    for (const { code } of refreshes) expect([0, 4, 75]).toContain(code);
    expect(refreshes.map(({ code }) => code)).toContain(0);
    const after = await versions();
    expect(after.golden?.slice(0, 1)).toEqual(before.golden);
    expect(after.golden?.slice(1).map((version) => version.replace(/^\S+/, ''))).toEqual([
      expect.stringMatching(/^ released [0-9a-f]{8}$/),
    ]);
    expect(await left()).toEqual([]);
  };
  await inPlace(manifest({ golden: 'nginx' }), beside, SLOWLY);
});

test('a rollback beside a publication: both are done, and no version is lost', async () => {
  await inPlace(manifest({ golden: 'nginx' }), async ({ folder, start, versions, left }) => {
    const built = [await start('build', '--json')];
    await writeFile(join(folder, 'images.yaml'), manifest({ golden: 'apache2' }));
    built.push(await start('build', '--json'));
    await writeFile(join(folder, 'images.yaml'), manifest({ golden: 'chrony' }));
    expect((await start('build', '--until', 'validate')).code).toBe(0);
    const [[, first] = ['', ''], [, second] = ['', '']] = built.flatMap(publishedBy);
    const [published, back] = await Promise.all([
      start('publish', '--json'),
      start('rollback', 'golden', '--to', first.split(' ')[0] ?? '', '--reason', 'boots slowly'),
    ]);
    expect([published.code, back.code]).toEqual([0, 0]);
    const [third] = publishedBy(published).map(([, version]) => version);
    const after = (await versions()).golden ?? [];
    // The rollback withdraws what is newer and published when it looks; what is published after that is latest.
    expect(after.map((version) => version.replace('rolled-back', 'released'))).toEqual([first, second, third]);
    expect(after.slice(0, 2)).toEqual([first, second.replace('released', 'rolled-back')]);
    expect(await left()).toEqual([]);
  });
});
