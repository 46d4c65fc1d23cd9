import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Finished, ROOT, regild, run } from '../../commands/command-line.ts';
import { loggedIn } from '../machine/arm.ts';
import { build, entry, GOLDEN, published } from '../published.ts';
import { startedSandbox } from '../running-sandbox.ts';
import type { Part } from '../statements.ts';
import { startedOutside } from './outside.ts';
import { BACKEND, rootModule, settings } from './root.ts';

const TOFU = process.env.REGILD_TOFU ?? 'tofu';
const AZURERM = process.env.REGILD_AZURERM ?? 'azurerm';
const SSH = { ssh_public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqr0MxGZPGmqQYmOxUTh9Uh4qwvWbqAbKhHb0l6VXyZ web' };
const PASSWORD = { admin_password: 'never-in-a-state-1A' };
const WINDOWS = entry(
  'desk',
  'source: { ssm: /aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base, region: eu-west-1 }',
  'licence: payg',
);

/** OpenTofu and Microsoft's provider AzAPI deploy what `regild use --as terraform` prints, pointed by the variables that `regild sandbox` prints. */
export async function terraform({ prove, folder }: Part): Promise<void> {
  await writeFile(join(folder, 'images.yaml'), `version: 1\nimages:\n${GOLDEN}${WINDOWS}`);
  const outside = await startedOutside();
  const sandbox = await startedSandbox(folder);
  try {
    const { version } = await published(folder, await build(folder, sandbox.variables), 'web');
    await writeFile(join(folder, 'tofu.rc'), settings(dirname(process.env.REGILD_AZAPI ?? '')));
    // Go trusts the authorities of a folder beside those of a file.
    await mkdir(join(folder, 'authorities'));
    await writeFile(join(folder, 'authorities/outside.pem'), outside.authority);
    const environment = {
      ...{
        TF_CLI_CONFIG_FILE: join(folder, 'tofu.rc'),
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
        SSL_CERT_DIR: join(folder, 'authorities'),
      },
      ...outside.variables,
      ...sandbox.variables,
    };
    const tofu = (root: string, ...words: readonly string[]) => run(TOFU, [...words, '-no-color'], { folder: root, environment });
    /** Writes what `regild use` prints as a module below a root, and prepares it. */
    const used = async (name: string, login: Readonly<Record<string, string>>, words: readonly string[]): Promise<string> => {
      const root = join(folder, name);
      await mkdir(join(root, 'module'), { recursive: true });
      const printed = succeeded(await regild(['use', ...words, '--as', 'terraform'], { folder, environment: sandbox.variables }));
      await writeFile(join(root, 'module/main.tf'), printed);
      await writeFile(join(root, 'main.tf'), rootModule({ name, ...login }));
      succeeded(await tofu(root, 'get'));
      return root;
    };

    const roots = {
      'a virtual machine': await used('web-1', SSH, ['web']),
      'a scale set': await used('web-set', SSH, ['web', '--kind', 'vmss']),
      'disks with keys of their own': await used('web-2', SSH, ['web', '--disk-encryption-set', encryptionSet(sandbox.variables)]),
      'a Windows machine': await used('desk-1', PASSWORD, ['desk']),
    };
    await mkdir(join(folder, 'golden'));
    await cp(join(ROOT, 'test/deploy/expected/main.tf'), join(folder, 'golden/main.tf'));
    await prove('it is the pinned one', async () => assert.match((await tofu(folder, 'version')).stdout, /^OpenTofu v1\.12\.6/m));
    await prove('fmt finds nothing to change', async () => {
      for (const root of [...Object.values(roots).map((path) => join(path, 'module')), join(folder, 'golden')]) {
        const { code, stdout } = await tofu(root, 'fmt', '-check', '-diff');
        assert.deepEqual([root, code, stdout], [root, 0, '']);
      }
    });
    for (const [what, root] of Object.entries({ ...roots, 'everything at once': join(folder, 'golden') })) {
      await prove(`validate finds nothing: ${what}`, async () => {
        succeeded(await tofu(root, 'validate'));
      });
    }
    const arm = await loggedIn(sandbox.variables);
    const group = `/subscriptions/${sandbox.variables.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-web`;
    for (const [what, root] of Object.entries(roots)) {
      await prove(`apply makes it, a second plan changes nothing, destroy ends it: ${what}`, async () => {
        succeeded(await tofu(root, 'apply', '-auto-approve', '-input=false'));
        const again = await tofu(root, 'plan', '-detailed-exitcode', '-input=false');
        assert.deepEqual([again.code, again.stderr.includes('Error')], [0, false], again.stdout + again.stderr);
        if (what === 'a virtual machine') {
          const { body } = await arm.send('GET', `${group}/providers/Microsoft.Compute/virtualMachines/web-1?api-version=2024-07-01`);
          assert.deepEqual(read(body, 'properties', 'storageProfile', 'imageReference', 'id'), version.versionId);
        }
        succeeded(await tofu(root, 'destroy', '-auto-approve', '-input=false'));
        assert.equal((await arm.send('GET', `${group}?api-version=2022-09-01`)).status, 404);
      });
    }
    await prove('the backend azurerm asks the sandbox for the keys of its account', async () => {
      const root = join(folder, 'backend');
      await mkdir(root);
      await writeFile(join(root, 'main.tf'), BACKEND);
      const { code, stderr } = await tofu(root, 'init', '-input=false');
      const keys = `${sandbox.variables.ARM_METADATA_URL}/subscriptions/${sandbox.variables.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-images/providers/Microsoft.Storage/storageAccounts/corpstate/listKeys`;
      assert.deepEqual([code, stderr.includes(`POST ${keys}\n`)], [1, true], stderr);
    });
    await prove("HashiCorp's SDK, which azurerm logs in with, reads the published version", async () => {
      const { code, stdout, stderr } = await run(AZURERM, [version.versionId, '2023-07-03'], { folder, environment });
      assert.deepEqual([code, read(JSON.parse(stdout || '{}'), 'id')], [0, version.versionId], stderr);
    });
    // AzAPI judges a body once nothing in it is unknown: disks when it plans, a machine with disks when it applies, this one without when it plans.
    const id = `/subscriptions/${sandbox.variables.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-images`;
    const known = {
      resource_group_id: id,
      name: 'desk',
      subnet_id: `${id}/providers/Microsoft.Network/virtualNetworks/v/subnets/s`,
      ...PASSWORD,
    };
    const planned = ['plan', '-input=false', ...Object.entries(known).map(([name, value]) => `-var=${name}=${value}`)];
    await prove('AzAPI, which has what Microsoft says of each type, plans it, and tells a property that is not named there', async () => {
      const module = join(roots['a Windows machine'], 'module');
      succeeded(await tofu(module, ...planned));
      const text = await readFile(join(module, 'main.tf'), 'utf8');
      await writeFile(join(module, 'main.tf'), text.replace('vmSize =', 'vmSizes ='));
      const { code, stderr } = await tofu(module, ...planned);
      assert.deepEqual([code, stderr.includes('`properties.hardwareProfile.vmSizes` is not expected')], [1, true], stderr);
    });
    await prove('nobody outside was asked but Microsoft, whether it knows the authority', async () => {
      assert.deepEqual([...outside.asked], ['login.microsoftonline.com:443']);
    });
  } finally {
    await sandbox.close();
    outside.close();
  }
}

function encryptionSet({ ARM_SUBSCRIPTION_ID }: Readonly<Record<string, string>>): string {
  return `/subscriptions/${ARM_SUBSCRIPTION_ID}/resourceGroups/rg-images/providers/Microsoft.Compute/diskEncryptionSets/des`;
}

/** What it printed. Throws what it said when it ended with another code than 0. */
function succeeded({ code, stdout, stderr }: Finished): string {
  assert.equal(code, 0, stdout + stderr);
  return stdout;
}

/** The value at a path of an answer. */
function read(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined), value);
}
