import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Base, Release } from '../../src/catalog/schema.ts';
import { askBases, type CheckedBase } from '../../src/commands/catalog/ask-bases.ts';
import { checkExitCode, checkJson, checkText } from '../../src/commands/catalog/check-result.ts';
import { compareBase } from '../../src/commands/catalog/compare-base.ts';
import { progressLines } from '../../src/commands/catalog/progress-lines.ts';
import { catalogVerb } from '../../src/commands/catalog.ts';
import { RegildError } from '../../src/errors.ts';
import type { ImageFacts } from '../../src/model/index.ts';
import type { Marketplace } from '../../src/ports.ts';
import { fakeMarketplace } from '../fakes/marketplace.ts';
import { call, fakeIo } from './fake-io.ts';

const CATALOG_FOLDER = join(import.meta.dirname, '../../src/catalog');
const FACT = { source: ['a source'], verified: '2026-11-21' };

function aBase(change: Partial<Base> = {}): Base {
  return {
    id: 'debian-13-13-gen2',
    publisher: 'Debian',
    offer: 'debian-13',
    sku: '13-gen2',
    variant: 'server',
    architecture: 'x64',
    generation: 'V2',
    licence: 'free',
    features: [{ name: 'DiskControllerTypes', value: 'SCSI, NVMe' }],
    osDiskSizeGB: 30,
    ...FACT,
    ...change,
  };
}

function aRelease(...bases: readonly Base[]): Release {
  return {
    id: 'debian-13',
    distro: 'debian',
    version: '13',
    title: 'Debian 13',
    osReleaseIds: [],
    osFamily: 'linux',
    packageManager: 'apt',
    guest: 'debian',
    support: {},
    successors: [],
    onAzure: true,
    bases,
    ...FACT,
  };
}

const FACTS: ImageFacts = {
  urn: { publisher: 'Debian', offer: 'debian-13', sku: '13-gen2', version: '1.0.0' },
  osType: 'Linux',
  architecture: 'x64',
  generation: 'V2',
  features: [{ name: 'DiskControllerTypes', value: 'scsi,nvme' }],
  plan: undefined,
  deprecation: { state: 'Active' },
};
const PLAN = { publisher: 'debian', product: 'debian-13', name: '13-gen2' };

describe('a base and what Azure has', () => {
  test.each([
    ['spelling is no difference', {}, {}, []],
    [
      'every other thing is one',
      {},
      { osType: 'Windows' as const, architecture: 'arm64' as const, generation: 'V1' as const, plan: PLAN, features: [] },
      [
        { what: 'system', catalog: 'Linux', azure: 'Windows' },
        { what: 'architecture', catalog: 'x64', azure: 'arm64' },
        { what: 'generation', catalog: 'V2', azure: 'V1' },
        { what: 'plan', catalog: 'none', azure: 'debian:debian-13:13-gen2' },
        { what: 'feature DiskControllerTypes', catalog: 'SCSI, NVMe', azure: 'none' },
      ],
    ],
    [
      'a feature that the catalog lacks, and one of another value',
      { features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }], plan: PLAN },
      {
        plan: { ...PLAN, publisher: 'Debian' },
        features: [
          { name: 'SecurityType', value: 'ConfidentialVmSupported' },
          { name: 'IsHibernateSupported', value: 'True' },
        ],
      },
      [
        { what: 'feature IsHibernateSupported', catalog: 'none', azure: 'True' },
        { what: 'feature SecurityType', catalog: 'TrustedLaunchSupported', azure: 'ConfidentialVmSupported' },
      ],
    ],
  ])('%s', (_name, base, facts, differences) => {
    expect(compareBase({ osFamily: 'linux' }, aBase(base), { ...FACTS, ...facts })).toEqual(differences);
  });
});

describe('asking about bases', () => {
  const ask = (
    bases: readonly Base[],
    marketplace: Marketplace,
    onProgress = (_done: number) => {},
    signal = new AbortController().signal,
  ) => askBases([aRelease(...bases)], marketplace, { subscription: 'sub', location: 'westeurope', signal, onProgress });
  const named = { base: 'debian-13-13-gen2', release: 'debian-13', image: 'Debian:debian-13:13-gen2', differences: [], detail: null };
  const image = 'Debian:debian-13:13-gen2';
  const same = { features: FACTS.features };

  test.each([
    ['as the catalog says', { [image]: same }, { newest: '1.0.0', state: 'same', calls: 2 }],
    ['not sold', {}, { newest: null, state: 'gone', calls: 1 }],
    [
      'to be deprecated',
      { [image]: { ...same, deprecation: { state: 'ScheduledForDeprecation', scheduled: '2027-02-01', alternative: 'Offer debian-14' } } },
      { newest: '1.0.0', state: 'deprecating', detail: 'from 2027-02-01; its publisher names Offer debian-14 instead', calls: 2 },
    ],
    ['deprecated', { [image]: { ...same, deprecation: { state: 'Deprecated' } } }, { newest: '1.0.0', state: 'deprecated', calls: 2 }],
    [
      'different',
      { [image]: { ...same, generation: 'V1' } },
      { newest: '1.0.0', state: 'differs', differences: [{ what: 'generation', catalog: 'V2', azure: 'V1' }], calls: 2 },
    ],
  ] as const)('%s', async (_name, sold, expected) => {
    expect((await ask([aBase()], fakeMarketplace(sold))).map(({ facts: _, ...base }) => base)).toEqual([{ ...named, ...expected }]);
  });

  test('a version that is listed and cannot be had', async () => {
    const marketplace = { ...fakeMarketplace({}), versions: async () => ['2.0.0'] };
    const expected = { newest: '2.0.0', state: 'gone', detail: 'version 2.0.0 is listed, but cannot be had', calls: 2 };
    expect(await ask([aBase()], marketplace)).toEqual([{ ...named, ...expected, facts: null }]);
  });

  test('one that Azure does not answer for stops no other', async () => {
    const real = fakeMarketplace({ [image]: same });
    const versions: Marketplace['versions'] = async (subscription, location, asked) => {
      if (asked.sku === 'broken') throw new RegildError('CLOUD_THROTTLED', 'too many requests');
      return real.versions(subscription, location, asked);
    };
    const checked = await ask([aBase({ id: 'broken', sku: 'broken' }), aBase()], { ...real, versions });
    expect(checked.map(({ state, detail }) => [state, detail])).toEqual([
      ['failed', 'too many requests'],
      ['same', null],
    ]);
  });

  test.each([new RegildError('CREDENTIALS_MISSING', 'no credential'), new TypeError('a bug')])('%s stops all', async (error) => {
    await expect(ask([aBase()], { ...fakeMarketplace({}), versions: () => Promise.reject(error) })).rejects.toBe(error);
  });

  test('five at a time, in order, and every step is told', async () => {
    const [steps, running] = [[] as number[], { now: 0, most: 0 }];
    const versions = async () => {
      running.now += 1;
      running.most = Math.max(running.most, running.now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running.now -= 1;
      return [];
    };
    const bases = Array.from({ length: 12 }, (_, index) => aBase({ id: `base-${index}` }));
    const checked = await ask(bases, { ...fakeMarketplace({}), versions }, (done) => steps.push(done));
    expect([running.most, checked.map(({ base }) => base), steps]).toEqual([
      5,
      bases.map(({ id }) => id),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    ]);
  });

  test('ends when it is cancelled', async () => {
    const leaving = new AbortController();
    const versions = async () => {
      leaving.abort();
      return [];
    };
    const bases = Array.from({ length: 20 }, () => aBase());
    await expect(ask(bases, { ...fakeMarketplace({}), versions }, undefined, leaving.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('what is printed', () => {
  const row = (change: Partial<CheckedBase>): CheckedBase => ({
    base: 'a-base',
    release: 'debian-13',
    image: 'p:o:s',
    newest: '1.0.0',
    state: 'same',
    differences: [],
    detail: null,
    facts: null,
    calls: 2,
    ...change,
  });
  const check = (...bases: readonly CheckedBase[]) => ({ location: 'westeurope', subscription: 'sub', simulated: false, bases });
  const mixed = check(
    row({}),
    row({
      base: 'other-base',
      state: 'differs',
      differences: [
        { what: 'generation', catalog: 'V2', azure: 'V1' },
        { what: 'plan', catalog: 'none', azure: 'p:o:\u001b[31ms' },
      ],
    }),
    row({ base: 'gone-base', state: 'gone', newest: null, calls: 1 }),
  );

  test('a table of what is due, worst first, and a summary with the number of calls', () => {
    expect(checkText(mixed)).toBe(
      [
        'gone     gone-base   p:o:s',
        'differs  other-base  p:o:s:1.0.0  generation: V2 in the catalog, V1 on Azure',
        '                                  plan: none in the catalog, p:o:\\u001b[31ms on Azure',
        '',
        '3 bases in westeurope: 1 as the catalog says, 1 different, 1 not sold (5 calls)',
        '',
      ].join('\n'),
    );
  });

  test('one line where nothing is due', () => {
    expect(checkText({ ...check(row({})), simulated: true })).toBe(
      '1 base in westeurope: 1 as the catalog says (2 calls)\nsimulated: the sandbox sells only some of them\n',
    );
  });

  test('everything as JSON', () => {
    const counts = { same: 1, differs: 1, deprecating: 0, deprecated: 0, gone: 1, failed: 0 };
    expect(JSON.parse(checkJson(mixed))).toEqual({
      kind: 'CatalogCheck',
      schemaVersion: 1,
      ...mixed,
      bases: mixed.bases.map(({ facts: _, ...base }) => base),
      calls: 5,
      counts,
    });
  });

  test.each([
    [[], 0],
    [[row({})], 0],
    [[row({}), row({ state: 'deprecating' })], 10],
    [[row({ state: 'gone' }), row({ state: 'failed' })], 1],
  ])('the exit code %#', (bases, code) => {
    expect(checkExitCode(check(...bases))).toBe(code);
  });

  test('progress is a line for every tenth, or stays in place on a terminal', () => {
    const [lines, terminal] = [fakeIo('/'), fakeIo('/')];
    const told = [progressLines(25, lines.io), progressLines(2, { ...terminal.io, interactive: true })];
    for (let done = 1; done <= 25; done++) told[0]?.(done);
    for (let done = 1; done <= 2; done++) told[1]?.(done);
    expect(lines.stderr()).toBe([3, 6, 9, 12, 15, 18, 21, 24, 25].map((done) => `asked about ${done} of 25 bases\n`).join(''));
    expect(terminal.stderr()).toBe('\rasked about 1 of 2 bases\rasked about 2 of 2 bases\n');
  });
});

describe('regild catalog', () => {
  const said = async (...words: readonly string[]) => {
    const heard = fakeIo('/');
    const code = await call(catalogVerb, words, heard);
    return { code, stdout: heard.stdout(), stderr: heard.stderr() };
  };

  test('without a word counts, and `list` is the same', async () => {
    const listed = await said('list', '--json');
    expect([listed.code, JSON.parse(listed.stdout).issues]).toEqual([0, []]);
    expect(JSON.parse(listed.stdout).counts.releases).toBeGreaterThan(100);
    expect(await said('--json')).toEqual(listed);
  });

  test.each([
    ['ubuntu-24.04', '# src/catalog/distros/ubuntu-24.04.yaml\nid: ubuntu-24.04\n'],
    ['canonical:UBUNTU-24_04-lts:server', '# src/catalog/distros/ubuntu-24.04.yaml\nid: ubuntu-24-04-lts-server\n'],
    ['0010', '# src/catalog/billing/0010.yaml\nusageOperation: RunInstances:0010\n'],
    ['azl-01-no-aws-components', '# src/catalog/checks/azl-01-no-aws-components.yaml\n'],
  ])('show %s', async (id, start) => {
    const { code, stdout } = await said('show', id);
    expect(code).toBe(0);
    expect(stdout.startsWith(start)).toBe(true);
    expect(stdout).toMatch(/\nsource:\n {2}- .+\n(.*\n)*verified: \d{4}-\d\d-\d\d\n/);
  });

  test('show names every fact of an id that kinds share', async () => {
    const { stdout } = await said('show', 'rhel', '--json');
    expect(JSON.parse(stdout).facts.map(({ file }: { file: string }) => file)).toEqual(['amis/rhel.yaml', 'licences/rhel.yaml']);
  });

  test.each([
    [['show', 'ubuntu-24.05'], 'FACT_UNKNOWN', 'the catalog has no fact "ubuntu-24.05"', 'did you mean `ubuntu-24.04`?'],
    [
      ['show', 'nope'],
      'FACT_UNKNOWN',
      'the catalog has no fact "nope"',
      'ids are the names of the files below src/catalog/, without their ending',
    ],
    [['chek'], 'USAGE', '`regild catalog` has no "chek"', 'did you mean `check`?'],
    [['check'], 'USAGE', 'no subscription is given to ask as', 'add --subscription, or set AZURE_SUBSCRIPTION_ID'],
    [['check', '--sandbox', '--distro', 'debain'], 'FACT_UNKNOWN', 'the catalog has no distribution "debain"', 'did you mean `debian`?'],
    [
      ['check', '--sandbox', '--location', 'West Europa'],
      'LOCATION_UNKNOWN',
      'the subscription has no Azure location "westeuropa"',
      'did you mean `westeurope`?',
    ],
  ])('%j is refused', async (words, code, message, hint) => {
    await expect(said(...words)).rejects.toMatchObject({ code, message, hint });
  });

  describe('check', () => {
    let checked: Awaited<ReturnType<typeof said>>;
    beforeAll(async () => {
      checked = await said('check', '--sandbox', '--distro', 'debian', '--location', 'North Europe', '--json');
    });

    test('asks about every base of the distribution, two calls at most', () => {
      const { location, simulated, calls, counts, bases } = JSON.parse(checked.stdout);
      expect([location, simulated, bases.length]).toEqual(['northeurope', true, Object.values<number>(counts).reduce((a, b) => a + b)]);
      expect(calls).toBe(counts.gone + 2 * (bases.length - counts.gone));
      expect(bases.find(({ base }: CheckedBase) => base === 'debian-12-12-gen2')).toMatchObject({
        release: 'debian-12',
        image: 'Debian:debian-12:12-gen2',
        newest: expect.stringMatching(/^0\.\d+\.\d+$/),
      });
    });

    test('says that work is due, and how far it is on stderr', () => {
      expect(checked.code).toBe(10);
      expect(checked.stderr).toMatch(/asked about (\d+) of \1 bases\n$/);
    });

    test('what the sandbox says goes nowhere by itself', async () => {
      await expect(said('check', '--sandbox', '--write')).rejects.toMatchObject({ code: 'USAGE', hint: 'name a copy: `--write <folder>`' });
      await expect(said('check', '--sandbox', '--write', '/nowhere')).rejects.toMatchObject({ code: 'USAGE' });
    });

    test('--write takes what is confirmed into the files, and changes nothing else', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'regild-write-'));
      const [name] = ['distros/debian-12.yaml'];
      await mkdir(join(folder, 'distros'));
      for (const file of await readdir(join(CATALOG_FOLDER, 'distros'))) {
        if (file.startsWith('debian-')) await copyFile(join(CATALOG_FOLDER, 'distros', file), join(folder, 'distros', file));
      }
      const { stdout } = await said('check', '--sandbox', '--distro', 'debian', '--location', 'northeurope', '--write', folder, '--json');
      expect(JSON.parse(stdout).written).toContain(name);
      const [before, after] = await Promise.all([CATALOG_FOLDER, folder].map((root) => readFile(join(root, name), 'utf8')));
      const today = new Date().toISOString().slice(0, 10);
      const removed = before?.split('\n').filter((line) => !after?.split('\n').includes(line)) ?? [];
      expect(removed.length).toBeGreaterThan(0);
      expect(removed.every((line) => /^ {4}(?:verified|features): |^ {6}["\w.-]+: \{/.test(line))).toBe(true);
      expect(after).toContain(today);
      await rm(folder, { recursive: true });
    });
  });

  test('stale lists what nobody looked at', async () => {
    const none = await said('stale', '--older-than', '9999w');
    expect([none.code, none.stdout]).toEqual([0, expect.stringMatching(/^0 facts last verified before \d{4}-\d\d-\d\d\n$/)]);
    const all = await said('stale', '--older-than', '0d', '--json');
    expect(all.code).toBe(10);
    expect(JSON.parse(all.stdout).facts[0]).toEqual({ file: expect.any(String), verified: expect.any(String), bases: expect.any(Array) });
  });
});
