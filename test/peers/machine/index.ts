import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Report } from '../../../src/model/index.ts';
import { type Finished, regild } from '../../commands/command-line.ts';
import { placePrograms } from '../../fakes/programs.ts';
import { entry, SUBSCRIPTION } from '../published.ts';
import { startedSandbox } from '../running-sandbox.ts';
import type { Part } from '../statements.ts';
import { type Arm, loggedIn } from './arm.ts';
import { regildOnTerminal } from './terminal.ts';
import { differing } from './versions.ts';

/** What neither Hyper-V nor Azure's fabric is there for. */
const SKIP = 'checks: { skip: [azl-20-provisioning-media, azl-22-system-state, azl-23-platform-endpoints] }';
const DEBIAN = 'source: { ssm: /aws/service/debian/release/12/latest/amd64, region: eu-west-1 }';

const image = (name: string, engine: string, ...lines: readonly string[]) =>
  entry(name, DEBIAN, `engine: ${engine}`, 'security: TrustedLaunchSupported', SKIP, `customize: [{ shell: ${JSON.stringify(lines)} }]`);

const SAME = 'echo "made by a step" >/etc/motd';

/** Two images, one by each engine from the same lines. */
const BUILT = [image('packed', 'packer', SAME), image('built', 'image-builder', SAME)];

/** A step that fails. */
const BROKEN = image('broken', 'packer', 'echo first', 'echo "no such licence" >&2', 'exit 3');

/** A step that never ends. */
const CANCELLED = image('endless', 'packer', 'touch /srv/reached', 'exec sleep infinity');

/** regild, the real Packer and a real sshd: rendered provisioners as they run, fail, and are cancelled; and one plan by both engines. */
export async function machine({ prove, folder }: Part): Promise<void> {
  const sandbox = await startedSandbox(folder);
  const machines = join(folder, 'machines');
  const environment = {
    ...sandbox.variables,
    PATH: `${join(folder, 'programs')}:${process.env.PATH}`,
    REGILD_PACKER: process.env.REGILD_PACKER ?? '',
    REGILD_MACHINES: machines,
    REGILD_MACHINE_BASE: join(folder, '../base'),
  };
  try {
    await mkdir(join(folder, 'programs'), { recursive: true });
    placePrograms(join(folder, 'programs'), {
      packer: `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, 'azure-arm.ts')}' "$@"\n`,
    });
    const arm = await loggedIn(sandbox.variables);
    const cancelling = cancelledBuild(join(folder, 'cancelled'), machines, environment);
    const failing = failedBuild(join(folder, 'failed'), environment);
    await mkdir(join(folder, 'built'));
    await writeFile(join(folder, 'built/images.yaml'), `version: 1\nimages:\n${BUILT.join('')}`);
    const { stdout } = await regild(['build', '--json'], { folder: join(folder, 'built'), environment });
    const report = Report.parse(JSON.parse(stdout));
    const of = (name: string) => report.images.find((one) => one.image === name);
    const upper = (name: string) => {
      const group = `regild-${name}-${report.runId}`;
      return readdir(machines).then((all) => join(machines, all.find((one) => one.startsWith(group)) ?? group, 'machine/upper'));
    };

    await prove('what Packer was handed runs on a real machine, is captured and published', async () => {
      assert.equal(of('packed')?.outcome, 'published', JSON.stringify(of('packed')?.issues));
      assert.equal(await readFile(join(await upper('packed'), 'etc/motd'), 'utf8'), 'made by a step\n');
    });
    await prove('it restarts on the way, and in the end nothing of the build is left on it', async () => {
      const restarts = await readFile(join(await upper('packed'), '../restarts'), 'utf8');
      assert.equal(restarts, 'started again\n');
      const left = ['opt/regild/checks.sh', 'home/packer/.ssh/authorized_keys', 'tmp/guest'];
      const there = await Promise.all(left.map(async (path) => (existsSync(join(await upper('packed'), path)) ? [path] : [])));
      assert.deepEqual(there.flat(), []);
    });
    await prove(
      'both engines make equal definitions and versions of one plan, but for their names, times and what they were made of',
      async () => {
        assert.equal(of('built')?.outcome, 'published', JSON.stringify(of('built')?.issues));
        const ids = [of('packed')?.published?.versionId ?? '', of('built')?.published?.versionId ?? ''];
        const { alike, different } = await differing(ids, arm);
        assert.deepEqual(different, ALLOWED);
        assert.ok(alike > 30, `${alike} fields alike`);
      },
    );
    const failed = await failing;
    const left = Report.parse(JSON.parse(failed.stdout));
    const issues = left.images[0]?.issues ?? [];
    await prove("a step that fails is told by its name, with the guest's last words", async () => {
      const [issue] = issues.filter(({ severity }) => severity === 'error');
      const told = [left.images[0]?.outcome, issue?.code, issue?.message.replace(/\(\d+ of \d+\)/, '(its place)')];
      const message = 'packer build failed: the step "shell: echo first" (its place) ended with exit status 3: no such licence';
      assert.deepEqual(told, ['failed', 'BUILD_FAILED', message]);
    });
    await prove('--on-error ask asks on a terminal, and after a yes the machine is kept until its run is swept', async () => {
      const kept = issues.find(({ code }) => code === 'KEPT_AFTER_FAILURE');
      const [group = ''] = (await groupsLeft(arm)).filter((name) => name.startsWith(`regild-broken-${left.runId}-`));
      assert.deepEqual(
        [failed.code, kept?.message.replace(/\d{4}-\d\d-\d\dT\S+Z/, 'TIME')],
        [
          5,
          `kept after the failure until TIME: the resource group ${group}, which holds ${HELD}; a machine costs by the hour, disks by the month`,
        ],
      );
      const swept = await regild(['sweep', '--run', left.runId], { folder: join(folder, 'failed'), environment });
      assert.equal(swept.code, 0, swept.stderr);
      await arm.settled(`/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}?api-version=2022-09-01`);
    });
    const cancelled = await cancelling;
    await prove('a build that is cancelled ends Packer, which says that it has cleaned up', async () => {
      assert.equal(cancelled.code, 130, cancelled.stderr);
      assert.match(cancelled.stderr, /the Packer build was cancelled and has cleaned up after itself/);
    });
    await prove('no build leaves a group behind', async () => assert.deepEqual(await groupsLeft(arm), []));
  } finally {
    await sandbox.close();
  }
}

/** What may differ: the images' own names (the manifest holds them side by side), the digest with the engine in it, times, and what a version was made of. */
const ALLOWED: readonly string[] = [
  'definition.id',
  'definition.name',
  'definition.properties.identifier.sku',
  'version.id',
  'version.tags.regild-image',
  'version.tags.regild-digest',
  'version.tags.regild-published',
  'version.properties.publishingProfile.publishedDate',
  'version.properties.storageProfile.source.id',
];

/** What the plugin's deployment makes around a VM. */
const HELD = '1 public ip address, 1 network security group, 1 virtual network, 1 network interface, 1 disk, 1 virtual machine';

/** Builds an image with a step that fails on a terminal, where somebody says that the machine may stay. */
async function failedBuild(folder: string, environment: Readonly<Record<string, string>>): Promise<Finished> {
  await mkdir(folder);
  await writeFile(join(folder, 'images.yaml'), `version: 1\nimages:\n${BROKEN}`);
  const asked = { at: 'Keep its machine', answer: 'y' };
  return regildOnTerminal(['build', '--json', '--on-error', 'ask'], asked, { folder, environment });
}

/** The groups that builds of either engine made. */
async function groupsLeft({ send }: Arm): Promise<readonly string[]> {
  const { body } = await send('GET', `/subscriptions/${SUBSCRIPTION}/resourcegroups?api-version=2022-09-01`);
  const names = (body.value as readonly { readonly name: string }[]).map(({ name }) => name);
  return names.filter((name) => /^(?:regild-|IT_)/i.test(name));
}

/** Builds an image whose step never ends, and interrupts regild once the machine is in it. */
async function cancelledBuild(folder: string, machines: string, environment: Readonly<Record<string, string>>) {
  await mkdir(folder);
  await writeFile(join(folder, 'images.yaml'), `version: 1\nimages:\n${CANCELLED}`);
  let interrupt = () => {};
  const ending = regild(['build'], {
    folder,
    environment,
    onStderr: (_, child) => {
      interrupt = () => child.kill('SIGINT');
    },
  });
  const ended = ending.then(() => true);
  const reached = async () => {
    const groups = existsSync(machines) ? await readdir(machines) : [];
    return groups.some((group) => group.startsWith('regild-endless-') && existsSync(join(machines, group, 'machine/upper/srv/reached')));
  };
  while (!(await reached()) && !(await Promise.race([ended, pause(200, false)])));
  interrupt();
  return ending;
}
