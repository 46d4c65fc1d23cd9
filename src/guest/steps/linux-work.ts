import type { GuestTexts } from '../../engines/guest-texts.ts';
import type { BuildPlan, Provisioner } from '../../model/index.ts';
import { guestPath, inGuestFolder } from '../folder.ts';
import { base64Lines, shellWord } from '../quote.ts';
import type { Work } from '../work.ts';
import { chefWork } from './chef-work.ts';
import { PACKAGE_MANAGERS, type PackageManager } from './package-managers.ts';
import { type SecretAccess, secretArguments, secretList } from './secret-work.ts';

/** What a provisioner does on Linux: lines that root runs one by one, and the files they name. `file` is the step's place in the guest folder. */
export function linuxWork(provisioner: Provisioner, file: string, { os, build }: BuildPlan, { user, folders }: GuestTexts): Work {
  const packages = PACKAGE_MANAGERS[os.packageManager];
  switch (provisioner.kind) {
    case 'guest':
      return { lines: [words('sh', guestPath('linux', inGuestFolder(provisioner.script)), ...provisioner.arguments)] };
    case 'shell':
      return withSecrets(
        script(file, provisioner.lines),
        file,
        provisioner.secrets && { secrets: provisioner.secrets, identity: build.identity },
      );
    case 'packages':
      return packages ? { lines: [...packages.refresh, `${packages.install} ${words(...provisioner.names)}`] } : {};
    case 'updates':
      return packages ? { lines: [...packages.refresh, packages.update] } : {};
    case 'file':
      return provisioner.encoding ? copyBytes(file, provisioner.to, provisioner.content) : copy(file, provisioner.to, provisioner.content);
    case 'ansible':
      return packages ? ansible(file, packages, provisioner.extraArguments, user.get(provisioner.playbook) ?? '') : {};
    case 'puppet':
      return puppet(file, user.get(provisioner.manifest) ?? '');
    case 'chef':
      return chefWork(file, provisioner.runList, folders.get(provisioner.cookbooks) ?? []);
    case 'powershell':
    case 'restart':
      return {};
  }
}

function words(...values: readonly string[]): string {
  return values.map(shellWord).join(' ');
}

function script(file: string, lines: readonly string[], more: Work['files'] = []): Work {
  const path = `${file}.sh`;
  return { files: [{ path, content: `${lines.join('\n')}\n` }, ...more], lines: [words('sh', '-e', guestPath('linux', path))] };
}

/** The same work, whose one line runs with secrets in its environment. */
function withSecrets({ files = [], lines = [] }: Work, file: string, access: SecretAccess | undefined): Work {
  if (!access) return { files, lines };
  const list = secretList(file, access);
  const prefix = words('sh', guestPath('linux', 'with-secrets.sh'), ...secretArguments(guestPath('linux', list.path), access));
  return { files: [...files, list], lines: lines.map((line) => `${prefix} ${line}`) };
}

function copy(file: string, to: string, content: string): Work {
  return { files: [{ path: file, content }], lines: [words('install', '-D', '-m', '0644', '--', guestPath('linux', file), to)] };
}

/** A guest is handed text; it makes the bytes of it. */
function copyBytes(file: string, to: string, base64: string): Work {
  const text = `${file}.base64`;
  const lines = [
    `base64 -d ${words(guestPath('linux', text))} > ${words(guestPath('linux', file))}`,
    words('install', '-D', '-m', '0644', '--', guestPath('linux', file), to),
  ];
  return script(file, lines, [{ path: text, content: base64Lines(base64) }]);
}

/** The playbook runs inside the guest, against itself: no engine is asked for a connection of Ansible's own. */
function ansible(file: string, packages: PackageManager, extra: readonly string[], playbook: string): Work {
  const path = `${file}.yml`;
  const lines = [
    'if ! command -v ansible-playbook > /dev/null; then',
    ...[...packages.refresh, `${packages.install} ${packages.ansible}`].map((line) => `  ${line}`),
    'fi',
    words('ansible-playbook', '--connection', 'local', '--inventory', 'localhost,', ...extra, guestPath('linux', path)),
  ];
  return script(file, lines, [{ path, content: playbook }]);
}

/** Exit code 2 of `--detailed-exitcodes` means that changes were made, and all went well. */
function puppet(file: string, manifest: string): Work {
  const path = `${file}.pp`;
  const lines = ['PATH=$PATH:/opt/puppetlabs/bin', `puppet apply --detailed-exitcodes ${guestPath('linux', path)} || [ $? -eq 2 ]`];
  return script(file, lines, [{ path, content: manifest }]);
}
