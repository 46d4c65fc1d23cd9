import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createGallery } from '../../src/adapters/azure/gallery/index.ts';
import { type Issue, Report } from '../../src/model/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { connectedTo } from '../adapters/azure/connected.ts';
import { placePrograms } from '../fakes/programs.ts';
import { aPlan } from '../fakes/values.ts';
import { type Finished, inFolder, PROGRAM, pointedAt, ROOT, regild, run, writesTo } from './command-line.ts';
import { answer } from './in-process.ts';

const FLEET = await readFile(join(import.meta.dirname, 'fleet.yaml'), 'utf8');

/** What `regild` says to words that reach no cloud. */
function say(words: readonly string[], files: Readonly<Record<string, string>> = {}, environment: Readonly<Record<string, string>> = {}) {
  return inFolder(files, (folder) => answer(words, { folder, environment }));
}

describe('words', () => {
  test('--help lists the verbs on stdout, of a process', async () => {
    const { code, stdout, stderr } = await inFolder({}, (folder) => regild(['--help'], { folder }));
    expect([code, stderr]).toEqual([0, '']);
    for (const verb of ['analyze', 'match', 'plan', 'build', 'publish', 'catalog', 'sandbox']) expect(stdout).toContain(`\n  ${verb} `);
  });

  test('a verb explains its options', async () => {
    const { code, stdout, stderr } = await say(['build', '--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const option of ['--dry-run', '--resume [run]', '--locked', '--until <stage>', '--no-cache']) expect(stdout).toContain(option);
  });

  test.each([
    ['an unknown verb', ['plna'], "error: unknown command 'plna'\n(Did you mean plan?)\n"],
    ['a misspelt option', ['build', '--dry-rum'], "error: unknown option '--dry-rum'\n(Did you mean --dry-run?)\n"],
  ])('%s is wrong use', async (_name, words, text) => {
    const { code, stdout, stderr } = await say(words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(text);
  });
});

describe('manifests', () => {
  test('one that is not there, said without colours where NO_COLOR is set', async () => {
    expect(await say(['plan', '-f', 'fleet.yaml'], {}, { NO_COLOR: '1' })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error MANIFEST_NOT_FOUND: there is no manifest fleet.yaml\n  hint   `regild init` writes one; or name it with --manifest\n',
    });
  });

  test('two images with one name, and a misspelt key: both at once, with their places', async () => {
    const source = '{ ami: ami-0123456789abcdef0, region: eu-west-1 }';
    const twice = `${FLEET}  web-golden:\n    source: ${source}\n  other:\n    sorce: ${source}\n`;
    const { code, stdout, stderr } = await say(['build'], { 'images.yaml': twice });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      'error IMAGE_DUPLICATE: image "web-golden" is defined twice, on lines 11 and 30\n  image  web-golden (images.yaml:30:3)\n',
    );
    expect(stderr).toContain('did you mean `source`?');
  });

  test('an image that it does not have', async () => {
    expect(await say(['plan', 'web-goldne'], { 'images.yaml': FLEET })).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'error IMAGE_UNKNOWN: images.yaml has no image web-goldne\n' +
        '  hint   did you mean `web-golden`? it has web-golden, no-such-ami, no-such-aws-region, no-such-azure-region, hostile\n',
    });
  });
});

test.concurrent('a reader that leaves early is no failure', async () => {
  const script = '{ "$0" "$1" schema; echo "code $?" >&2; } | true';
  const words = ['-c', script, process.execPath, PROGRAM];
  expect((await inFolder({}, (folder) => run('sh', words, { folder }))).stderr).toBe('code 0\n');
});

/** Each of these starts a process that walks: on a busy machine they take their time. */
const LONG = { timeout: 90_000 };

/** What preflight asks of Packer, answered. */
const PACKER = `#!/bin/sh
case $1 in
version) echo 'Packer v1.16.0' ;;
plugins) echo /plugins/github.com/hashicorp/azure/packer-plugin-azure_v2.6.3_x5.0_linux_amd64 ;;
esac
`;

describe('in the clouds', LONG, () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ record: true });
  });
  afterAll(() => sandbox.close());
  afterEach(() => expect(writesTo(sandbox), 'none of these writes to a cloud').toEqual([]));

  /** Runs words in a folder with the fleet, against a sandbox of this process. */
  function withClouds<Result>(words: readonly string[], then: (done: Finished, folder: string) => Promise<Result>, clouds = sandbox) {
    return inFolder({ 'images.yaml': FLEET, 'ca.pem': clouds.caPem }, async (folder) => {
      placePrograms(folder, { packer: PACKER });
      const environment = { ...pointedAt(clouds, join(folder, 'ca.pem')), PATH: `${folder}:${process.env.PATH}` };
      return then(await answer(words, { folder, environment }), folder);
    });
  }

  const only = ({ stdout }: { readonly stdout: string }) => Report.parse(JSON.parse(stdout)).images[0];

  test('one image that fails stops no other; --json is one document on stdout, and what happens meanwhile is on stderr', async () => {
    const images = ['web-golden', 'no-such-ami', 'no-such-aws-region', 'no-such-azure-region', 'hostile'];
    await withClouds(['plan', ...images, '--json'], async (done) => {
      const report = Report.parse(JSON.parse(done.stdout));
      const errors = (issues: readonly Issue[]) =>
        issues.flatMap(({ severity, code, message, hint }) => (severity === 'error' ? [[code, message, hint]] : []));
      expect(report.images.map(({ image, outcome, issues }) => [image, outcome, ...errors(issues)])).toEqual([
        ['web-golden', 'ready'],
        [
          'no-such-ami',
          'failed',
          [
            'AMI_NOT_FOUND',
            'no AMI ami-0123456789abcdef0 in eu-west-1',
            'AMI ids differ per region; check `source.region`, or that the owner shares the AMI with this account',
          ],
        ],
        [
          'no-such-aws-region',
          'failed',
          [
            'REGION_UNKNOWN',
            'could not describe AMIs: there is no AWS region "xx-north-9", or it has no address here',
            'check `source.region`, for example eu-west-1; if it is right, check name resolution and the proxy',
          ],
        ],
        [
          'no-such-azure-region',
          'failed',
          [
            'LOCATION_UNKNOWN',
            'the subscription has no Azure location "marsnorth"',
            'check the spelling of the location (`az account list-locations`), or ask for access to it',
          ],
        ],
        ['hostile', 'ready'],
      ]);
      expect(done.code, 'codes that differ make it a plain failure').toBe(1);
      expect(done.stderr).toMatch(/^sandbox {5}Azure is simulated: no real image is made. AWS answers at https:\/\/127/);
      expect(done.stderr).toMatch(/web-golden render done/);
      expect(done.stderr).not.toContain('    at ');
      expect(report.images[4]?.plan?.provenance.amiName).toBe('${env("PATH")}"; rm -rf / #');
    });
  });

  test('render writes the files that it names; the name of a hostile AMI is in none of them', async () => {
    await withClouds(['render', 'hostile', '--json'], async (done, folder) => {
      const { files: paths }: { readonly files: readonly string[] } = JSON.parse(done.stdout);
      expect(done.code).toBe(0);
      expect(paths.length).toBeGreaterThan(4);
      expect(paths.filter((path) => !path.startsWith(join(folder, 'rendered/hostile')))).toEqual([]);
      const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
      expect(texts.filter((text) => text.includes('env("PATH")') || text.includes('rm -rf / '))).toEqual([]);
    });
  });

  test.each([
    [0, ['build', 'web-golden', '--dry-run']],
    [4, ['plan', 'no-such-azure-region']],
    [3, ['match', 'no-such-ami']],
  ])('code %i: %j leaves no run behind and writes nothing to the clouds', async (code, words) => {
    await withClouds(words, async (done, folder) => {
      expect([done.code, (await readdir(folder)).includes('.regild')]).toEqual([code, false]);
      expect(done.stderr).not.toContain('    at ');
    });
  });

  test('npm keeps --dry-run for itself, and still nothing is built', async () => {
    await inFolder({ 'ca.pem': sandbox.caPem }, async (folder) => {
      const runs = join(folder, 'runs');
      const environment = { ...pointedAt(sandbox, join(folder, 'ca.pem')), REGILD_RUNS: runs, npm_config_update_notifier: 'false' };
      const done = await run('npm', ['--prefix', ROOT, 'run', 'build-image', 'web-golden', '--dry-run'], { folder, environment });
      expect(done.stderr).toContain('note  npm kept --dry-run for itself; it is honoured: nothing will be written\n');
      expect(done.stdout).toContain('web-golden: ready');
      expect([done.code, (await readdir(folder)).includes('runs')]).toEqual([0, false]);
    });
  });

  test('other flags that npm keeps are refused', async () => {
    await inFolder({}, async (folder) => {
      const words = ['--prefix', ROOT, 'run', 'build-image', 'web-golden', '--locked'];
      const done = await run('npm', words, { folder, environment: { npm_config_update_notifier: 'false', npm_config_loglevel: 'silent' } });
      expect([done.code, done.stderr]).toEqual([
        2,
        'error USAGE: npm kept --locked for itself: the flag stands before `--`\n  hint   write: npm run build-image -- … --locked\n',
      ]);
    });
  });

  test('a definition of the wrong generation is found before anything is built', async () => {
    const own = await startSandbox({ record: true });
    onTestFinished(() => own.close());
    const { connection } = await connectedTo(own);
    const gallery = createGallery(connection);
    const ref = { subscription: own.subscription, resourceGroup: 'rg-images', gallery: 'gal_golden', definition: 'web-golden' };
    await gallery.ensureGallery(ref, 'northeurope', {});
    await gallery.createDefinition(ref, { ...aPlan().definition, name: 'web-golden', generation: 'V1', features: [] }, 'northeurope', {});
    const before = writesTo(own);
    const judge = async (done: Finished) => {
      const errors = only(done)?.issues.filter(({ severity }) => severity === 'error') ?? [];
      expect([done.code, only(done)?.outcome]).toEqual([4, 'blocked']);
      // What the definition does not state the plan follows; its generation it cannot.
      expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([
        'PREFLIGHT_DEFINITION: the definition gal_golden/web-golden has hyperVGeneration V1, the plan needs V2, and Azure does not let it change',
        'SECURITY_NOT_SUPPORTED: image-builder cannot build a Standard definition from a base whose security type is TrustedLaunchSupported',
      ]);
    };
    await withClouds(['build', 'web-golden', '--json'], judge, own);
    expect(writesTo(own)).toEqual(before);
  });
});
