import { describe, expect, test } from 'vitest';
import { imageBuilder } from '../../src/engines/image-builder/index.ts';
import { packer } from '../../src/engines/packer/index.ts';
import type { BuildPlan } from '../../src/model/index.ts';
import { armPlan, fakeAssets, linuxPlan, packerPlan, SCRIPTS, sha256, USER_FILES, windowsPlan } from './fixtures.ts';
import { parseHcl } from './parse-hcl.ts';

const trustedLaunch: Partial<BuildPlan> = { engine: 'packer', security: 'TrustedLaunch', route: 'direct' };

const CASES = {
  'linux-image-builder': [imageBuilder, linuxPlan()],
  'arm64-image-builder': [imageBuilder, armPlan()],
  'windows-image-builder': [imageBuilder, windowsPlan()],
  'linux-packer': [packer, packerPlan()],
  'arm64-packer': [packer, armPlan({ engine: 'packer' })],
  'windows-packer': [packer, windowsPlan({ engine: 'packer', route: 'managed-image' })],
  'trusted-launch-packer': [packer, packerPlan(trustedLaunch)],
} as const;

describe.each(Object.entries(CASES))('%s', (name, [engine, plan]) => {
  test('renders the expected files, the same every time', async () => {
    const files = await engine.render(plan, fakeAssets());
    const text = files.map(({ path, content }) => `===== ${path}\n${content}`).join('');
    await expect(text).toMatchFileSnapshot(`expected/${name}.txt`);
    expect(await engine.render(plan, fakeAssets())).toEqual(files);
  });

  test('every file of a language is one, as its formatter leaves it', async () => {
    for (const { path, content } of await engine.render(plan, fakeAssets())) {
      if (path.endsWith('.pkr.hcl')) expect(await parseHcl(path, content)).toBeTypeOf('object');
      if (path === 'template.json') expect(`${JSON.stringify(JSON.parse(content), null, 2)}\n`).toBe(content);
      expect(content).not.toMatch(/\n{3}|[ \t]$/m);
    }
  });
});

test('a staging definition is the destination of its route', async () => {
  const files = await packer.render(armPlan({ engine: 'packer', route: 'staging-definition' }), fakeAssets());
  const source = files.find(({ path }) => path === 'source.pkr.hcl');
  expect(source?.content).toContain('image_name           = "edge-arm-staging"');
});

test('a script that is not the planned one is refused', async () => {
  const assets = fakeAssets({ ...SCRIPTS, 'scripts/linux/remove-aws.sh': 'changed\n' });
  await expect(imageBuilder.render(linuxPlan(), assets)).rejects.toMatchObject({
    code: 'ARTIFACT_INVALID',
    message: `scripts/linux/remove-aws.sh is not the file that was planned: its sha-256 is ${sha256('changed\n')}, the plan says ${sha256(SCRIPTS['scripts/linux/remove-aws.sh'] ?? '')}`,
  });
});

test("a user's file that is gone is named", async () => {
  const plan = linuxPlan({
    provisioners: [{ kind: 'puppet', id: 'p', title: 'p', phase: 'customize', manifest: 'gone.pp', sha256: '' }],
  });
  await expect(packer.render(plan, fakeAssets())).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
    message: 'the file gone.pp does not exist',
  });
});

test('playbooks and manifests run inside the guest', async () => {
  const named = { title: 't', phase: 'customize' } as const;
  const plan = packerPlan({
    guestScripts: [],
    guestFiles: [],
    provisioners: [
      {
        kind: 'ansible',
        id: 'a',
        ...named,
        playbook: 'site.yml',
        extraArguments: ['--tags', 'x y'],
        sha256: sha256(USER_FILES['site.yml'] ?? ''),
      },
      { kind: 'puppet', id: 'p', ...named, manifest: 'site.pp', sha256: sha256(USER_FILES['site.pp'] ?? '') },
      { kind: 'updates', id: 'u', ...named },
    ],
  });
  const files = await packer.render(plan, fakeAssets());
  expect(files.filter(({ path }) => path.startsWith('guest/'))).toEqual([
    {
      path: 'guest/steps/01-a.sh',
      content: [
        'if ! command -v ansible-playbook > /dev/null; then',
        '  env DEBIAN_FRONTEND=noninteractive apt-get --yes -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold update',
        '  env DEBIAN_FRONTEND=noninteractive apt-get --yes -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold install ansible',
        'fi',
        "ansible-playbook --connection local --inventory localhost, --tags 'x y' /opt/regild/steps/01-a.yml",
        '',
      ].join('\n'),
    },
    { path: 'guest/steps/01-a.yml', content: USER_FILES['site.yml'] },
    { path: 'guest/steps/02-p.pp', content: USER_FILES['site.pp'] },
    {
      path: 'guest/steps/02-p.sh',
      content: 'PATH=$PATH:/opt/puppetlabs/bin\npuppet apply --detailed-exitcodes /opt/regild/steps/02-p.pp || [ $? -eq 2 ]\n',
    },
  ]);
});

test('Windows updates are a customizer of Image Builder', async () => {
  const plan = windowsPlan({
    provisioners: [{ kind: 'updates', id: 'u', title: 'install all updates', phase: 'customize' }],
    guestScripts: [],
    guestFiles: [],
  });
  const [file] = await imageBuilder.render(plan, fakeAssets());
  expect(JSON.parse(file?.content ?? '').properties.customize.slice(1)).toEqual([
    {
      type: 'WindowsUpdate',
      name: 'customize: install all updates',
      searchCriteria: 'IsInstalled=0',
      filters: ["exclude:$_.Title -like '*Preview*'", 'include:$true'],
      updateLimit: 1000,
    },
  ]);
});
