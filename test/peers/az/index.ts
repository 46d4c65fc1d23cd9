import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { regild } from '../../commands/command-line.ts';
import { build, GOLDEN, published } from '../published.ts';
import { startedSandbox } from '../running-sandbox.ts';
import type { Part } from '../statements.ts';
import { definitionOf, differences, versionOf } from './fields.ts';
import { reads } from './reads.ts';
import { AZ_PROGRAMS, startedAz } from './session.ts';

const GALLERY = ['-g', 'rg-images', '-r', 'gal_golden', '-i', 'web'];

/** az against a running `regild sandbox`: the printed login, every read, an Image Builder build, a twin, and a VM from it. */
export async function az({ prove, folder }: Part): Promise<void> {
  await writeFile(join(folder, 'images.yaml'), `version: 1\nimages:\n${GOLDEN}`);
  const sandbox = await startedSandbox(folder, ['--record', 'record.jsonl']);
  const { stdout } = await promisify(execFile)('sh', ['-euc', `${pasted(sandbox.printed)}\nprintf '%s\\n' "$AZURE_CONFIG_DIR"`], {
    env: { ...OWN, PATH: `${AZ_PROGRAMS}:${process.env.PATH}` },
  });
  const session = startedAz({ ...OWN, ...sandbox.variables, AZURE_CONFIG_DIR: stdout.trim().split('\n').at(-1) ?? '' });
  const { ask, answer } = session;
  try {
    await prove('the lines that regild sandbox prints log it in', async () => {
      assert.equal(read(await ask('account', 'show'), 'id'), sandbox.variables.AZURE_SUBSCRIPTION_ID);
    });
    const made = await published(folder, await build(folder, sandbox.variables), 'web');
    const { version, versionId } = made.version;
    const shown = () => ask('sig', 'image-version', 'show', ...GALLERY, '-e', version, '--expand', 'ReplicationStatus');

    await prove('every question of those who administer images is answered', async () => {
      const refused: string[] = [];
      for (const command of reads('web', version)) {
        const { code, said } = await answer(command.split(' '));
        if (code !== 0) refused.push(`az ${command}: ${said}`);
      }
      assert.deepEqual(refused, []);
    });
    await prove('it reads the definition that was planned and the version that was published', async () => {
      assert.deepEqual(differences(definitionOf(made), await ask('sig', 'image-definition', 'show', ...GALLERY)), []);
      assert.deepEqual(differences(versionOf(made), await shown()), []);
    });

    await prove('it builds with Image Builder from the rendered template', async () => {
      const rendered = await regild(['render'], { folder, environment: sandbox.variables });
      assert.equal(rendered.code, 0, rendered.stderr);
      const template = join(folder, 'rendered/web/image-builder/template.json');
      const next = read(JSON.parse(await readFile(template, 'utf8')), 'properties', 'distribute', '0', 'galleryImageId');
      const named = ['-g', 'rg-images', '-n', 'by-az'];
      await ask('image', 'builder', 'create', ...named, '--image-template', template);
      await ask('image', 'builder', 'run', ...named);
      assert.equal(read(await ask('image', 'builder', 'show', ...named), 'lastRunStatus', 'runState'), 'Succeeded');
      assert.equal(read(await ask('image', 'builder', 'show-runs', ...named), '0', 'artifactId'), next);
      assert.deepEqual(await ask('image', 'builder', 'trigger', 'list', '-g', 'rg-images', '--image-template-name', 'by-az'), []);
      await ask('image', 'builder', 'delete', ...named);
      assert.deepEqual(await ask('image', 'builder', 'list', '-g', 'rg-images'), []);
      const groups = JSON.stringify(await ask('group', 'list'));
      assert.ok(!groups.includes('"name": "IT_') && !groups.includes('"name":"IT_'), groups);
    });
    await prove('it makes a twin of the published version, and starts a machine from it', async () => {
      const regions = ['--target-regions', 'northeurope', 'westeurope=2=standard_zrs', '--replica-count', '1'];
      const twin = ['sig', 'image-version', 'create', ...GALLERY, '-e', '2099.101.0', '-l', 'northeurope', '--image-version', versionId];
      const made = await ask(...twin, ...regions);
      assert.equal(read(made, 'storageProfile', 'source', 'id'), versionId);
      assert.equal(read(made, 'publishingProfile', 'targetRegions', '1', 'storageAccountType'), 'Standard_ZRS');
      await promisify(execFile)('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', '', '-f', join(folder, 'key')]);
      const machine = ['-g', 'rg-images', '-n', 'from-twin'];
      const login = ['--admin-username', 'someone', '--ssh-key-values', join(folder, 'key.pub')];
      const shape = ['--size', 'Standard_D2s_v5', '--security-type', 'TrustedLaunch', '-l', 'northeurope'];
      await ask('vm', 'create', ...machine, '--image', String(read(made, 'id')), ...login, ...shape);
      const states = JSON.stringify(await ask('vm', 'get-instance-view', ...machine, '--query', 'instanceView.statuses[].code'));
      assert.equal(states, '["ProvisioningState/succeeded","PowerState/running"]');
      const script = ['--command-id', 'RunShellScript', '--scripts', 'uname -a'];
      assert.equal(
        read(await ask('vm', 'run-command', 'invoke', ...machine, ...script), 'value', '0', 'code'),
        'ProvisioningState/succeeded',
      );
      await ask('vm', 'delete', ...machine, '--yes');
      assert.deepEqual(await ask('vm', 'list', '-g', 'rg-images'), []);
    });
    await prove('the record holds what it asked and was answered, and no authorization', async () => {
      const lines = (await readFile(join(folder, 'record.jsonl'), 'utf8')).trim().split('\n');
      const byAz = lines.filter((line) => String(read(JSON.parse(line), 'liveRequest', 'headers', 'user-agent')).includes('AZURECLI/'));
      assert.ok(byAz.length > reads('web', version).length, `${byAz.length} requests of az`);
      assert.deepEqual(
        lines.filter((line) => /"authorization":|Bearer /i.test(line)),
        [],
      );
    });
  } finally {
    await session.close();
    await sandbox.close();
  }
}

/** No telemetry, no colours, no question. */
const OWN = { HOME: process.env.HOME ?? '/', AZURE_CORE_COLLECT_TELEMETRY: 'false', AZURE_CORE_NO_COLOR: 'true' };

/** What somebody pastes who wants az: the variables, and the lines that are comments for everybody else. */
function pasted(printed: string): string {
  return printed.replaceAll(/^# {3}/gm, '');
}

/** What stands at a path of something that came as JSON. */
function read(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => Object(at)[key], value);
}
