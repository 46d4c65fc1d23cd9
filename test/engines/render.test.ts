import fc from 'fast-check';
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

describe('secrets', () => {
  const secrets = { DB_PASSWORD: 'https://kv-images.vault.azure.net/secrets/db', TOKEN: 'https://kv-images.vault.azure.net/secrets/token' };
  const list = Object.entries(secrets)
    .map(([name, url]) => `${name}\t${url}\n`)
    .join('');
  const change: Partial<BuildPlan> = {
    guestScripts: [],
    guestFiles: [],
    provisioners: [
      { kind: 'shell', id: 'deploy', title: 'deploy', phase: 'customize', lines: ['deploy --password "$DB_PASSWORD"'], secrets },
      { kind: 'shell', id: 'plain', title: 'plain', phase: 'customize', lines: ['true'] },
    ],
  };
  const identity = linuxPlan().build.identity ?? '';

  test('Packer: a step with secrets runs under with-secrets.sh, and its list names the URLs', async () => {
    const files = await packer.render(packerPlan(change), fakeAssets());
    const content = (path: string) => files.find((file) => file.path === path)?.content ?? '';
    expect(content('guest/steps/01-deploy.secrets')).toBe(list);
    expect(content('build.pkr.hcl')).toContain(
      `"sh /opt/regild/with-secrets.sh ${identity} /opt/regild/steps/01-deploy.secrets sh -e /opt/regild/steps/01-deploy.sh",`,
    );
    expect(content('build.pkr.hcl')).toContain('"sh -e /opt/regild/steps/02-plain.sh",');
    expect(content('source.pkr.hcl')).toContain(`user_assigned_managed_identities = ["${identity}"]`);
  });

  test('Image Builder: the build VM carries the identity, and only where a step needs it', async () => {
    const render = async (plan: BuildPlan) => JSON.parse((await imageBuilder.render(plan, fakeAssets()))[0]?.content ?? '').properties;
    const { vmProfile, customize } = await render(linuxPlan(change));
    expect(vmProfile.userAssignedIdentities).toEqual([identity]);
    expect(customize.find(({ name }: { name: string }) => name === 'customize: deploy').inline).toEqual([
      `sudo sh /opt/regild/with-secrets.sh ${identity} /opt/regild/steps/01-deploy.secrets sh -e /opt/regild/steps/01-deploy.sh`,
    ]);
    expect((await render(linuxPlan())).vmProfile).toEqual({ vmSize: 'Standard_D2s_v5', osDiskSizeGB: 64 });
  });

  test('Windows: the same in PowerShell', async () => {
    const provisioners = [
      { kind: 'powershell', id: 'deploy', title: 'deploy', phase: 'customize', lines: ['Deploy $env:DB_PASSWORD'], secrets },
    ] as const;
    const [template] = await imageBuilder.render(windowsPlan({ guestScripts: [], guestFiles: [], provisioners }), fakeAssets());
    const { vmProfile, customize } = JSON.parse(template?.content ?? '').properties;
    expect(vmProfile.userAssignedIdentities).toEqual([identity]);
    expect(customize.at(-1).inline).toEqual([
      `powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\with-secrets.ps1 '${identity}' 'C:\\regild\\steps\\01-deploy.secrets' 'C:\\regild\\steps\\01-deploy.ps1'`,
      'if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }',
    ]);
  });

  test('whatever the names and vaults: the URLs are all that a template holds of them', async () => {
    const anySecret = fc.tuple(fc.stringMatching(/^[A-Z_][A-Z0-9_]{5,20}$/), fc.stringMatching(/^[a-z][a-z0-9-]{8,20}[a-z]$/));
    const anySecrets = fc.uniqueArray(anySecret, { minLength: 1, maxLength: 4, selector: ([name]) => name });
    await fc.assert(
      fc.asyncProperty(anySecrets, async (pairs) => {
        const named = Object.fromEntries(pairs.map(([name, vault]) => [name, `https://${vault}.vault.azure.net/secrets/x`]));
        const provisioners = [{ kind: 'shell', id: 's', title: 's', phase: 'customize', lines: ['deploy'], secrets: named }] as const;
        for (const [engine, plan] of [
          [packer, packerPlan({ ...change, provisioners })],
          [imageBuilder, linuxPlan({ ...change, provisioners })],
        ] as const) {
          const texts = (await engine.render(plan, fakeAssets())).map(({ content }) => content.replaceAll('\\t', '\t'));
          const lines = texts.join('\n').split(/["\n]/);
          const about = lines.filter((line) => pairs.some(([name, vault]) => line.includes(name) || line.includes(vault)));
          expect(about).toEqual(Object.entries(named).map(([name, url]) => `${name}\t${url}`));
        }
      }),
      { numRuns: 25 },
    );
  });
});

test('cookbooks run inside the guest in local mode', async () => {
  const files = Object.entries(USER_FILES)
    .filter(([path]) => path.startsWith('cookbooks/'))
    .map(([path, content]) => ({ path: path.slice('cookbooks/'.length), bytes: content.length, sha256: sha256(content) }));
  const chef = {
    kind: 'chef',
    id: 'c',
    title: 't',
    phase: 'customize',
    cookbooks: 'cookbooks',
    runList: ['recipe[web]', "it's"],
    files,
  } as const;
  const plan = packerPlan({ guestScripts: [], guestFiles: [], provisioners: [chef] });
  const rendered = await packer.render(plan, fakeAssets());
  expect(rendered.filter(({ path }) => path.startsWith('guest/'))).toEqual([
    {
      path: 'guest/steps/01-c.sh',
      content: [
        'PATH=$PATH:/opt/cinc/bin:/opt/chef/bin',
        'client=$(command -v cinc-client || command -v chef-client) || {',
        "  echo 'neither cinc-client nor chef-client is installed: install one in an earlier step' >&2",
        '  exit 1',
        '}',
        `"$client" --local-mode --config /opt/regild/steps/01-c/client.rb --override-runlist 'recipe[web],it'\\''s'`,
        '',
      ].join('\n'),
    },
    {
      path: 'guest/steps/01-c/client.rb',
      content: [
        "chef_repo_path '/opt/regild/steps/01-c'",
        "cookbook_path '/opt/regild/steps/01-c/cookbooks'",
        "file_cache_path '/opt/regild/steps/01-c/cache'",
        "file_backup_path '/opt/regild/steps/01-c/backup'",
        '',
      ].join('\n'),
    },
    { path: 'guest/steps/01-c/cookbooks/web/metadata.rb', content: USER_FILES['cookbooks/web/metadata.rb'] },
    { path: 'guest/steps/01-c/cookbooks/web/recipes/default.rb', content: USER_FILES['cookbooks/web/recipes/default.rb'] },
  ]);
  const changed = fakeAssets(SCRIPTS, { ...USER_FILES, 'cookbooks/web/metadata.rb': 'other\n' });
  await expect(imageBuilder.render(plan, changed)).rejects.toMatchObject({
    code: 'ARTIFACT_INVALID',
    message: expect.stringMatching(/^cookbooks\/web\/metadata\.rb is not the file that was planned/),
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
        'sh /opt/regild/packages.sh ansible',
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
