import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPacker } from '../../../src/adapters/packer/index.ts';
import { RegildError } from '../../../src/errors.ts';
import { forgetSecrets, knowSecrets } from '../../../src/model/redact.ts';
import type { PackerBuild } from '../../../src/ports.ts';
import { placePrograms } from '../../fakes/programs.ts';

const SECRET = 'hunter2-hunter2';

let folder: string;
beforeEach(async () => {
  knowSecrets([SECRET]);
  folder = await mkdtemp(join(tmpdir(), 'packer-'));
});
afterEach(forgetSecrets);
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program in place of Packer: it notes how it was called, then does what `build` says. */
function fakePacker(build: string, versionText = 'Packer v1.16.0', plugins: readonly string[] = []): string {
  const program = `#!${process.execPath}
const fs = require('node:fs');
const words = process.argv.slice(2);
if (words[0] === 'version') { console.log(${JSON.stringify(versionText)}); process.exit(0); }
if (words[0] === 'plugins') { console.log(${JSON.stringify(plugins.join('\n'))}); process.exit(0); }
const { CHECKPOINT_DISABLE, PKR_VAR_run_id } = process.env;
fs.appendFileSync(${JSON.stringify(join(folder, 'calls'))}, JSON.stringify({ words, cwd: process.cwd(), CHECKPOINT_DISABLE, PKR_VAR_run_id }) + '\\n');
const say = (level, text) => console.log('1700000000,,ui,' + level + ',2026-11-21T08:15:02Z: ==> web.azure-arm.image: ' + text);
if (words[0] === 'build') { ${build} }
`;
  placePrograms(folder, { 'fake-packer': program });
  return join(folder, 'fake-packer');
}

async function calls(): Promise<unknown> {
  const text = await readFile(join(folder, 'calls'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const packerOf = (command: string) => createPacker({ command, environment: { PATH: process.env.PATH, AZURE_CLIENT_SECRET: SECRET } });

/** The program reads the folder; what the template captures is in there. */
function request(): PackerBuild {
  const ref = { subscription: 's', resourceGroup: 'g', gallery: 'y', definition: 'd', version: '1.0.0' };
  return {
    folder,
    variables: {},
    steps: [],
    captures: { ref, as: { location: 'northeurope', storage: 'Standard_LRS', excludeFromLatest: true, tags: {} } },
    onError: 'cleanup',
  };
}

const WRITE_MANIFEST = `fs.writeFileSync('manifest.json', JSON.stringify({ builds: [{ artifact_id: 'the-id', packer_run_uuid: 'u' }], last_run_uuid: 'u' }));`;

test('a build tells its progress and ends with the id of the manifest', async () => {
  const packer = packerOf(fakePacker(`say('say', 'using ${SECRET}'); console.error('plain words'); ${WRITE_MANIFEST}`));
  const updates: string[] = [];
  const id = await packer.build({ ...request(), variables: { PKR_VAR_run_id: 'r' } }, { onUpdate: (text) => updates.push(text) });
  expect(id).toBe('the-id');
  expect(updates.toSorted()).toEqual(['plain words', 'using ***']);
  const called = { cwd: folder, CHECKPOINT_DISABLE: '1', PKR_VAR_run_id: 'r' };
  expect(await calls()).toEqual([
    { words: ['init', '.'], ...called },
    { words: ['build', '-machine-readable', '-color=false', '-timestamp-ui', '.'], ...called },
  ]);
});

test('the newest azure plugin among those that are installed', async () => {
  const paths = [
    '/root/.config/packer/plugins/github.com/hashicorp/amazon/packer-plugin-amazon_v9.9.9_x5.0_linux_amd64',
    '/root/.config/packer/plugins/github.com/hashicorp/azure/packer-plugin-azure_v2.6.10_x5.0_linux_amd64',
    '/root/.config/packer/plugins/github.com/hashicorp/azure/packer-plugin-azure_v2.6.3_x5.0_linux_amd64',
  ];
  const listing = (lines: readonly string[]) => packerOf(fakePacker('', 'Packer v1.16.0', lines)).plugin();
  expect(await listing(paths)).toBe('2.6.10');
  expect(await listing(paths.slice(0, 1))).toBeUndefined();
  const windows =
    'C:\\\\Users\\\\me\\\\plugins\\\\github.com\\\\hashicorp\\\\azure\\\\packer-plugin-azure_v2.6.4_x5.0_windows_amd64.exe'.replaceAll(
      '\\\\',
      '\\',
    );
  expect(await listing([windows])).toBe('2.6.4');
  expect(await packerOf(join(folder, 'none')).plugin()).toBeUndefined();
});

describe('a build that fails', () => {
  test('tells the last errors without secrets', async () => {
    const packer = packerOf(fakePacker(`say('error', 'no quota'); say('error', 'secret ${SECRET}'); process.exit(1);`));
    await expect(packer.build(request(), {})).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: 'packer build failed: no quota | secret ***',
      details: { exitCode: 1, step: undefined, output: 'no quota\nsecret ***' },
    });
  });

  test('tells the exit code when there are no words', async () => {
    const packer = packerOf(fakePacker('process.exit(3);'));
    await expect(packer.build(request(), {})).rejects.toMatchObject({ message: 'packer build failed: it ended with exit code 3' });
  });

  test('without a manifest has built nothing', async () => {
    const packer = packerOf(fakePacker(''));
    await expect(packer.build(request(), {})).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: `packer ended well but wrote no ${join(folder, 'manifest.json')}`,
    });
  });
});

describe('an abort', () => {
  const interruptible = `
    let interrupts = 0;
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => {
      interrupts += 1;
      say('say', 'cleaning up');
      if (process.env.PKR_VAR_run_id !== 'silent') console.log('1700000000,,ui,say,Cleanly cancelled builds after being interrupted.');
      setTimeout(() => { fs.writeFileSync('interrupts', String(interrupts)); process.exit(1); }, 200);
    });
    setInterval(() => {}, 1000);
    say('say', 'building');`;

  test('sends one interrupt and waits for the cleanup', async () => {
    const packer = packerOf(fakePacker(interruptible));
    const controller = new AbortController();
    const updates: string[] = [];
    const onUpdate = (text: string) => {
      updates.push(text);
      if (text === 'building') controller.abort();
    };
    await expect(packer.build(request(), { signal: controller.signal, onUpdate })).rejects.toMatchObject({
      code: 'CANCELLED',
      message: 'the Packer build was cancelled and has cleaned up after itself',
    });
    expect(updates).toEqual(['building', 'cleaning up', 'Cleanly cancelled builds after being interrupted.']);
    expect(await readFile(join(folder, 'interrupts'), 'utf8')).toBe('1');
  });

  test('that ends without a word of clean-up says that something may be left', async () => {
    const packer = packerOf(fakePacker(interruptible));
    const controller = new AbortController();
    const onUpdate = (text: string) => {
      if (text === 'building') controller.abort();
    };
    const silent = { ...request(), variables: { PKR_VAR_run_id: 'silent' } };
    await expect(packer.build(silent, { signal: controller.signal, onUpdate })).rejects.toMatchObject({
      code: 'CANCELLED',
      message: 'the Packer build was cancelled, and Packer did not say that it has deleted what it made',
      details: { left: 'unknown' },
    });
  });

  test('of a build that leaves everything after an error leaves everything, whatever Packer says', async () => {
    const packer = packerOf(fakePacker(interruptible));
    const controller = new AbortController();
    const onUpdate = (text: string) => {
      if (text === 'building') controller.abort();
    };
    const keeping = { ...request(), onError: 'abort' } as const;
    await expect(packer.build(keeping, { signal: controller.signal, onUpdate })).rejects.toMatchObject({
      message: 'the Packer build was cancelled',
      details: { left: 'everything' },
    });
    expect(await calls()).toMatchObject([
      { words: ['init', '.'] },
      { words: ['build', '-machine-readable', '-color=false', '-timestamp-ui', '-on-error=abort', '.'] },
    ]);
  });

  test("keeps the abort's own reason", async () => {
    const reason = new RegildError('TIMED_OUT', 'the build takes too long');
    const packer = packerOf(fakePacker(interruptible));
    await expect(packer.build(request(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('the program', () => {
  test('says its version', async () => {
    expect(await packerOf(fakePacker('')).version()).toBe('1.16.0');
  });

  test.each(['1.6.6', '1.9.5', '0.12.0'])('of version %s is too old', async (version) => {
    await expect(packerOf(fakePacker('', `Packer v${version}`)).version()).rejects.toMatchObject({
      code: 'PACKER_MISSING',
      message: expect.stringContaining(`is Packer ${version}, and regild needs 1.10 or later`),
    });
  });

  test('of another maker is refused', async () => {
    const packer = packerOf(fakePacker('', '0 0'));
    const error = {
      code: 'PACKER_MISSING',
      message: expect.stringContaining('is not HashiCorp Packer: another program of that name answers'),
    };
    await expect(packer.version()).rejects.toMatchObject(error);
    await expect(packer.build(request(), {})).rejects.toMatchObject(error);
  });

  test('that cannot be started is said as the machine says it', async () => {
    await writeFile(join(folder, 'not-executable'), 'x');
    await expect(packerOf(join(folder, 'not-executable')).version()).rejects.toMatchObject({
      code: 'PACKER_MISSING',
      message: `the program ${join(folder, 'not-executable')} is not HashiCorp Packer: it cannot be started (EACCES)`,
    });
  });

  test('that does not exist is missing', async () => {
    await expect(packerOf(join(folder, 'nothing')).version()).rejects.toMatchObject({
      code: 'PACKER_MISSING',
      message: `the program ${join(folder, 'nothing')} is not HashiCorp Packer: there is none in PATH`,
    });
  });
});
