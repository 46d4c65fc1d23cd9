import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { checkVerb } from '../../src/commands/check.ts';
import { initVerb } from '../../src/commands/init.ts';
import { firstManifest } from '../../src/manifest/first-manifest.ts';
import { manifestJsonSchema, parseManifest } from '../../src/manifest/index.ts';
import { InitResult } from '../../src/model/index.ts';
import { inFolder, ROOT } from './command-line.ts';
import { call, fakeIo } from './fake-io.ts';

const AMI = 'ami-0123456789abcdef0';
const GUID = '11111111-1111-4111-8111-111111111111';

/** The two files of a folder in which `init` was called with these words. */
function init(words: readonly string[], files: Readonly<Record<string, string>> = {}) {
  return inFolder(files, async (folder) => {
    const heard = fakeIo(folder);
    const code = await call(initVerb, words, heard);
    const checked = await call(checkVerb, [], fakeIo(folder));
    return {
      code,
      stdout: heard.stdout(),
      checked,
      names: (await readdir(folder)).sort(),
      text: await readFile(join(folder, 'images.yaml'), 'utf8'),
    };
  });
}

/** What a manifest comes to. */
function specs(text: string) {
  const { specs: found, issues } = parseManifest(text, 'images.yaml', { AZURE_SUBSCRIPTION_ID: GUID });
  return {
    issues,
    images: found.map(({ name, source, target, regions }) => ({ name, source, target, regions: regions.map((region) => region.name) })),
  };
}

test('of an AMI: its source, the location that stands in for its region, and the subscription from the environment', async () => {
  const { code, stdout, checked, names, text } = await init([AMI, '--region', 'eu-central-1', '--name', 'web']);
  expect([code, checked, names]).toEqual([0, 0, ['images.schema.json', 'images.yaml']]);
  expect(stdout).toBe('written  images.yaml\nwritten  images.schema.json\nnext     regild check\nnext     regild plan web\n');
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./images.schema.json');
  expect(specs(text)).toEqual({
    issues: [],
    images: [
      {
        name: 'web',
        source: { kind: 'ami', id: AMI, region: 'eu-central-1' },
        target: {
          subscription: GUID,
          resourceGroup: 'rg-images',
          gallery: 'gal_golden',
          definition: 'web',
          location: 'germanywestcentral',
        },
        regions: ['germanywestcentral'],
      },
    ],
  });
});

test("without an AMI: the sandbox's own image in the sandbox's subscription; --json says what was written", async () => {
  const { stdout, text } = await init(['--json']);
  expect(InitResult.parse(JSON.parse(stdout))).toEqual({
    kind: 'InitResult',
    schemaVersion: 1,
    files: ['images.yaml', 'images.schema.json'],
    image: 'web-golden',
    images: ['web-golden'],
    next: ['regild check', 'regild plan web-golden'],
  });
  expect(specs(text).images).toMatchObject([
    {
      source: { kind: 'search', owner: '123456789012', name: 'web-golden-*' },
      target: { subscription: '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f' },
    },
  ]);
});

test('a manifest that is there is not replaced, nor is a schema', async () => {
  await inFolder({ 'images.yaml': 'mine\n', 'images.schema.json': 'mine too\n' }, async (folder) => {
    await expect(call(initVerb, [], fakeIo(folder))).rejects.toMatchObject({
      code: 'USAGE',
      message: 'images.yaml is there already',
    });
    const heard = fakeIo(folder);
    await call(initVerb, ['-f', 'my other.yaml'], heard);
    expect(heard.stdout()).toBe(
      "written  my other.yaml\nnext     regild check -f 'my other.yaml'\nnext     regild plan web-golden -f 'my other.yaml'\n",
    );
    expect(await readFile(join(folder, 'images.yaml'), 'utf8')).toBe('mine\n');
    expect(await readFile(join(folder, 'images.schema.json'), 'utf8')).toBe('mine too\n');
  });
});

test.each([
  ['an AMI without its region', [AMI], `the region of ${AMI} is not given`],
  ['a misspelt region', [AMI, '--region', 'eu-wset-1'], 'no Azure location is known for the AWS region eu-wset-1'],
  ['an id that is none', ['ami-0123', '--region', 'eu-west-1'], 'the manifest that was asked for would not be valid'],
  ['a name that YAML would read as more', ['--name', 'a: {b\n'], 'the manifest that was asked for would not be valid'],
])('%s is refused, and nothing is written', async (_what, words, message) => {
  await inFolder({}, async (folder) => {
    await expect(call(initVerb, words, fakeIo(folder))).rejects.toMatchObject({ code: 'USAGE', message });
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a folder that is not there is wrong use', async () => {
  await inFolder({}, async (folder) => {
    await expect(call(initVerb, ['-f', 'no/images.yaml'], fakeIo(folder))).rejects.toMatchObject({ code: 'USAGE' });
  });
});

test('every value stays one value, whatever is in it', () => {
  const hostile = 'x\n  y: ${HOST_NAME} # "\' }';
  const source = { kind: 'ami', ami: hostile, region: hostile } as const;
  for (const subscription of [undefined, hostile]) {
    const text = firstManifest({
      images: [{ name: 'web', source, location: hostile, notes: [hostile] }],
      subscription,
      resourceGroup: hostile,
      gallery: hostile,
      location: hostile,
    });
    const { issues } = parseManifest(text, 'images.yaml', { AZURE_SUBSCRIPTION_ID: GUID });
    expect([...new Set(issues.map(({ code }) => code))]).toEqual(['VALUE_INVALID']);
  }
});

test('the schema that the first line of a shipped manifest names is in the package', async () => {
  const root = join(import.meta.dirname, '../..');
  const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly files: readonly string[] };
  for (const manifest of ['images.yaml', 'docs/examples/fleet.yaml']) {
    const [, named = ''] = /\$schema=(\S+)/.exec(await readFile(join(root, manifest), 'utf8')) ?? [];
    const path = join(manifest, '..', named);
    expect(files).toContain(path);
    expect(JSON.parse(await readFile(join(root, path), 'utf8'))).toEqual(JSON.parse(JSON.stringify(manifestJsonSchema())));
  }
});

const surveyed = (id: string, over: object) => ({
  imageId: id,
  region: 'eu-west-1',
  name: id,
  os: { family: 'linux', distro: 'ubuntu', version: '24.04' },
  architecture: 'x64',
  bootMode: null,
  licence: null,
  verdict: 'rebuild',
  bases: [],
  generation: null,
  warnings: [],
  confidence: 'high',
  wave: 1,
  waveReasons: [],
  capabilities: [],
  advice: [],
  ...over,
});

const survey = (...images: readonly object[]) =>
  JSON.stringify({
    formatVersion: 1,
    images,
    summary: {
      ...{ images: images.length, verdicts: [], distros: [], waves: [], warnings: [] },
      ...{ unknown: { os: 0, version: 0, licence: 0 }, olderDuplicates: 0 },
    },
    advice: [],
    issues: [],
  });

test('of a survey: every AMI that is to become an image, by wave, under a name of its own and with what is known of it', async () => {
  const near = (newest: boolean) => ({ nearDuplicate: { group: 1, size: 3, newest, newestId: 'ami-00000003', reasons: ['name-series'] } });
  const file = survey(
    surveyed('ami-00000001', { wave: 3, name: 'web "x" # ${A}\n  evil: 1', waveReasons: ['who pays?'] }),
    surveyed('ami-00000002', { wave: 4 }),
    surveyed('ami-00000003', {
      name: 'Web X A evil 1',
      region: 'us-east-1',
      bases: ['Canonical:a:b'],
      warnings: ['data-disks'],
      ...near(true),
    }),
    surveyed('ami-00000004', near(false)),
    surveyed('ami-00000005', { imageId: null }),
    surveyed('ami-00000006', { name: '日本', use: { instances: [{ id: 'i-1', type: 'm5.large' }] } }),
  );
  const { checked, stdout, text } = await init(['survey.json', '--subscription', GUID], { 'survey.json': file });
  expect([checked, stdout]).toEqual([
    0,
    'written  images.yaml\nwritten  images.schema.json\nnext     regild check\nnext     regild plan\n',
  ]);
  expect(specs(text).images.map(({ name, source, target }) => [name, source, target.location])).toEqual([
    ['web-x-a-evil-1', { kind: 'ami', id: 'ami-00000003', region: 'us-east-1' }, 'eastus2'],
    ['image', { kind: 'ami', id: 'ami-00000006', region: 'eu-west-1' }, 'northeurope'],
    ['web-x-a-evil-1-2', { kind: 'ami', id: 'ami-00000001', region: 'eu-west-1' }, 'northeurope'],
  ]);
  expect(text.split('\n').filter((line) => line.startsWith('  # '))).toEqual([
    '  # Web X A evil 1; wave 1, direct catalog matches',
    '  # likely base: Canonical:a:b',
    '  # warnings: data-disks',
    '  # the newest of 3 that are nearly the same',
    '  # 日本; wave 1, direct catalog matches',
    '  # 1 instance runs it',
    '  # web "x" # ${A}   evil: 1; wave 3, a decision first: who pays?',
  ]);
});

test.each([
  [
    'of which none becomes an image',
    ['survey.json'],
    survey(surveyed('ami-00000002', { wave: 4 })),
    'USAGE',
    'no AMI of survey.json is to become an image',
  ],
  [
    'with options of one AMI',
    ['survey.json', '--region', 'eu-west-1', '--inspect'],
    survey(),
    'USAGE',
    '--region and --inspect is about one AMI, and survey.json is a survey',
  ],
  ['of another shape', ['survey.json'], '{"formatVersion": 9}', 'FILE_INVALID', 'survey.json is no survey that this regild reads'],
  ['that is an inventory without a place', ['survey.json'], '{}', 'USAGE', 'a file does not say where its image is to be'],
])('a survey %s is refused, and nothing is written', async (_, words, file, code, message) => {
  await inFolder({ 'survey.json': file }, async (folder) => {
    await expect(call(initVerb, words, fakeIo(folder))).rejects.toMatchObject({ code, message });
    expect(await readdir(folder)).toEqual(['survey.json']);
  });
});

test('of an AMI whose disk is read: the steps that carry it over, their files, and a manifest that passes check', async () => {
  const { checked, names, text } = await init([
    'ami-064b0f5e3937918bf',
    '--region',
    'eu-west-1',
    '--inspect',
    '--sandbox',
    '--subscription',
    GUID,
  ]);
  expect([checked, names]).toEqual([0, ['content', 'images.schema.json', 'images.yaml']]);
  const { specs: found } = parseManifest(text, 'images.yaml', {});
  const steps = found.flatMap(({ customize }) => customize);
  // Which steps carry a disk over is for test/inspect/propose to say.
  expect(steps.filter(({ kind }) => kind === 'file')).toHaveLength(8);
  expect(steps[0]).toEqual({ kind: 'packages', names: ['nginx', 'postgresql-client'] });
  expect(text).toContain(
    '      # 37 bytes, no package brought it\n      - file: { from: content/web-golden/etc/cron.d/shop, to: /etc/cron.d/shop }\n',
  );
});

test('of an inventory that was saved: a source that is read here, at the location that is named', async () => {
  const lines = 'regild-inventory\t1\nsystem\tfamily\tlinux\nsystem\tid\tubuntu\nsystem\tversion\t24.04\nend\n';
  const { checked, text } = await init(['seen.tsv', '--location', 'uksouth', '--name', 'web', '--subscription', GUID], {
    'seen.tsv': lines,
  });
  expect(checked).toBe(0);
  expect(specs(text).images).toMatchObject([
    { name: 'web', source: { kind: 'inventory', path: 'seen.tsv' }, target: { location: 'uksouth' } },
  ]);
});

test('of a disk in a file: the steps that carry it over, their files, and a manifest that passes check', async () => {
  await inFolder({}, async (folder) => {
    const disks = JSON.parse(await readFile(join(ROOT, 'src/sandbox/world/disks.json'), 'utf8')) as Readonly<Record<string, string>>;
    await writeFile(join(folder, 'web.img'), gunzipSync(Buffer.from(Object.values(disks)[0] ?? '', 'base64')));
    const heard = fakeIo(folder);
    expect(await call(initVerb, ['web.img', '--location', 'northeurope', '--subscription', GUID, '--json'], heard)).toBe(0);
    const { files } = InitResult.parse(JSON.parse(heard.stdout()));
    expect(files.filter((file) => file.startsWith('content/'))).toContain('content/web-golden/etc/nginx/nginx.conf');
    const text = await readFile(join(folder, 'images.yaml'), 'utf8');
    const [spec] = parseManifest(text, 'images.yaml', {}).specs;
    expect([spec?.source, spec?.customize.some((step) => step.kind === 'packages'), await call(checkVerb, [], fakeIo(folder))]).toEqual([
      { kind: 'disk', path: 'web.img' },
      true,
      0,
    ]);
  });
});

test('a proposal is refused before anything else is asked: the files of its steps are not in it', async () => {
  const proposal = JSON.stringify({ kind: 'Proposal', schemaVersion: 1, steps: [] }, null, 2);
  await expect(init(['proposal.json'], { 'proposal.json': proposal })).rejects.toMatchObject({
    code: 'USAGE',
    message: 'proposal.json is a proposal: the files that its steps copy are not in it',
    hint: 'name the disk or the inventory that it was made of; of an image of the manifest `regild inspect <image> --write <image>` writes them all',
  });
});
