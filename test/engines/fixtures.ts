import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RegildError } from '../../src/errors.ts';
import { type BuildPlan, DEFAULT_TIMEOUTS, type Provisioner, SCHEMA_VERSION } from '../../src/model/index.ts';
import type { Assets } from '../../src/ports.ts';
import { ownFiles } from '../fakes/own-files.ts';
import { aCheck } from '../fakes/values.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Guest scripts that stand in for regild's own, and files of the user's, by path. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  'scripts/linux/lib.sh': '# what the scripts share\nsay() { printf "%s\\n" "$*"; }\n',
  'scripts/linux/inventory.sh': '#!/bin/sh\n. "$(dirname "$0")/lib.sh"\nsay "inventory $1"\n',
  'scripts/linux/remove-aws.sh': '#!/bin/sh\nset -eu\n. "$(dirname "$0")/lib.sh"\nsay \'remove\' "$1"\n',
  'scripts/linux/generalize.sh': '#!/bin/sh\nset -eu\nwaagent -force -deprovision+user\nrm -rf /opt/regild\n',
  'scripts/windows/lib.ps1': 'function Say([string]$Text) { Write-Output $Text }\n',
  'scripts/windows/remove-aws.ps1': '. "$PSScriptRoot\\lib.ps1"\nSay \'remove\'\n',
  'scripts/windows/generalize.ps1': "# Sysprep with a deadline\nSay 'generalize'\n",
};

export const USER_FILES: Readonly<Record<string, string>> = {
  'site.yml': '- hosts: all\n  tasks:\n    - debug: { msg: "{{ ansible_hostname }}" }\n',
  'site.pp': "notify { 'hello': }\n",
  'cookbooks/web/metadata.rb': "name 'web'\nversion '1.0.0'\n",
  'cookbooks/web/recipes/default.rb': "package 'nginx'\nfile '/etc/motd' do\n  content \"{{ no template }}\\n\"\nend\n",
};

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The installation's templates, the fake scripts and the user's files. */
export function fakeAssets(
  scripts: Readonly<Record<string, string>> = SCRIPTS,
  user: Readonly<Record<string, string>> = USER_FILES,
): Assets {
  return {
    ...ownFiles(async (path) => {
      if (path.startsWith('packer-templates/')) return readFileSync(join(ROOT, path), 'utf8');
      const text = scripts[path];
      if (text === undefined) throw new RegildError('FILE_NOT_FOUND', `the file ${path} does not exist`);
      return text;
    }),
    isThere: async () => true,
    user: async (path) => user[path],
    userFile: async (path) => (user[path] === undefined ? undefined : { content: user[path] }),
    userFolder: async (path) => {
      const files = Object.entries(user).flatMap(([name, content]) =>
        name.startsWith(`${path}/`) ? [{ path: name.slice(path.length + 1), content }] : [],
      );
      return files.length > 0 ? files : undefined;
    },
  };
}

export function guest(script: string, phase: Provisioner['phase'], ...words: readonly string[]): Provisioner {
  const id = [script.replace(/^.*\/|\.\w+$/g, ''), ...words].join('-');
  return { kind: 'guest', id, title: `run ${id}`, phase, script, arguments: words, sha256: sha256(SCRIPTS[script] ?? '') };
}

function guestScripts(folder: string): BuildPlan['guestScripts'] {
  const paths = Object.keys(SCRIPTS).filter((path) => path.startsWith(folder));
  return paths.map((path) => ({ path, sha256: sha256(SCRIPTS[path] ?? '') }));
}

/** A Linux plan: Ubuntu 24.04, x64, Gen2, TrustedLaunchSupported, with Image Builder. */
export function linuxPlan(change: Partial<BuildPlan> = {}): BuildPlan {
  return {
    kind: 'BuildPlan',
    schemaVersion: SCHEMA_VERSION,
    image: 'web-golden',
    provenance: { amiId: 'ami-0abc', amiName: 'web-golden', amiRegion: 'eu-west-1' },
    engine: 'image-builder',
    os: { family: 'linux', distro: 'ubuntu', version: '24.04', guest: 'debian' },
    base: {
      urn: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202610150' },
      generation: 'V2',
      architecture: 'x64',
      features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }],
    },
    security: 'TrustedLaunchSupported',
    controllers: ['SCSI', 'NVMe'],
    subscription: '00000000-0000-0000-0000-000000000001',
    resourceGroup: 'images',
    gallery: 'golden',
    location: 'westeurope',
    definition: {
      name: 'web-golden',
      osType: 'Linux',
      osState: 'Generalized',
      generation: 'V2',
      architecture: 'x64',
      identifier: { publisher: 'contoso', offer: 'web', sku: 'golden' },
      features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }],
      description: 'from ami-0abc',
    },
    version: '2026.1121.1',
    route: 'direct',
    build: {
      vmSize: 'Standard_D2s_v5',
      osDiskSizeGB: 64,
      identity: '/subscriptions/s/resourceGroups/images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/builder',
      timeoutMinutes: 120,
    },
    test: { shapes: [{ vmSize: 'Standard_D2s_v5', controller: 'SCSI' }], timeoutMinutes: 30 },
    timeouts: DEFAULT_TIMEOUTS,
    dataDisks: [],
    provisioners: [
      guest('scripts/linux/inventory.sh', 'inventory', 'before'),
      { kind: 'packages', id: 'customize-1-packages', title: 'install nginx, jq', phase: 'customize', names: ['nginx', 'jq'] },
      {
        kind: 'shell',
        id: 'customize-2-shell',
        title: 'shell: echo',
        phase: 'customize',
        lines: ['echo "it\'s $HOME" > /etc/motd', 'systemctl enable nginx'],
      },
      {
        kind: 'file',
        id: 'customize-3-file',
        title: 'copy site.conf',
        phase: 'customize',
        from: 'site.conf',
        to: '/etc/nginx/my site.conf',
        content: 'server { listen 80; }\n',
        sha256: sha256('server { listen 80; }\n'),
      },
      guest('scripts/linux/remove-aws.sh', 'remove-aws', 'remove-aws'),
      { kind: 'restart', id: 'restart', title: 'restart on Azure', phase: 'verify' },
      guest('scripts/linux/remove-aws.sh', 'verify', 'verify'),
      guest('scripts/linux/generalize.sh', 'generalize'),
    ],
    guestScripts: guestScripts('scripts/linux/'),
    guestFiles: [{ path: 'components.tsv', content: 'ssm-agent\tremove\n' }],
    parity: { policy: 'report', allow: [] },
    components: [],
    checks: [aCheck('no-aws-agents', 'block')],
    regions: [
      { name: 'westeurope', replicas: 1, storage: 'Standard_ZRS' },
      { name: 'northeurope', replicas: 2, storage: 'Standard_LRS' },
    ],
    tags: { 'regild-image': 'web-golden', team: 'web' },
    digest: 'd'.repeat(64),
    issues: [],
    ...change,
  };
}

/** The same with Packer, by way of a managed image. */
export function packerPlan(change: Partial<BuildPlan> = {}): BuildPlan {
  return linuxPlan({ engine: 'packer', route: 'managed-image', ...change });
}

/** The Linux plan for Arm64 with a Standard definition. */
export function armPlan(change: Partial<BuildPlan> = {}): BuildPlan {
  const { base, definition, build, test } = linuxPlan();
  return linuxPlan({
    image: 'edge-arm',
    base: { ...base, urn: { ...base.urn, sku: 'server-arm64' }, architecture: 'arm64', features: [] },
    security: 'Standard',
    controllers: ['NVMe'],
    definition: { ...definition, name: 'edge-arm', architecture: 'arm64', features: [{ name: 'SecurityType', value: 'Standard' }] },
    build: { ...build, vmSize: 'Standard_D2ps_v6' },
    test: { ...test, shapes: [{ vmSize: 'Standard_D2ps_v6', controller: 'NVMe' }] },
    ...change,
  });
}

/** A Windows plan: Server 2022 with the vendor's purchase plan and a subnet. */
export function windowsPlan(change: Partial<BuildPlan> = {}): BuildPlan {
  const { base, definition, build } = linuxPlan();
  const purchase = { publisher: 'contoso', product: 'win', name: 'payg' };
  return linuxPlan({
    image: 'win-app',
    os: { family: 'windows', distro: 'windows-server', version: '2022', guest: 'windows' },
    base: {
      ...base,
      urn: { publisher: 'MicrosoftWindowsServer', offer: 'WindowsServer', sku: '2022-datacenter-g2', version: '20348.4297.261104' },
      plan: purchase,
    },
    definition: { ...definition, name: 'win-app', osType: 'Windows', purchasePlan: purchase },
    build: {
      ...build,
      osDiskSizeGB: 127,
      subnet: '/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/build',
    },
    provisioners: [
      {
        kind: 'powershell',
        id: 'customize-1-powershell',
        title: 'powershell: feature',
        phase: 'customize',
        lines: ["Install-WindowsFeature 'Web-Server'"],
      },
      {
        kind: 'file',
        id: 'customize-2-file',
        title: 'copy readme',
        phase: 'customize',
        from: 'readme.txt',
        to: "C:\\Program Files\\app\\it's.txt",
        content: 'Grüße',
        sha256: sha256('Grüße'),
      },
      guest('scripts/windows/remove-aws.ps1', 'remove-aws', 'remove-aws'),
      { kind: 'restart', id: 'restart', title: 'restart', phase: 'verify' },
      guest('scripts/windows/generalize.ps1', 'generalize'),
    ],
    guestScripts: guestScripts('scripts/windows/'),
    guestFiles: [{ path: 'data/components.json', content: '{"remove":["ec2launch"]}\n' }],
    ...change,
  });
}
