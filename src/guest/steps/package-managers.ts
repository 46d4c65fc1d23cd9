/** How a distribution's package manager is told to work without asking. Each command is one word list; package names are appended to `install`. */
export interface PackageManager {
  readonly refresh: readonly string[];
  readonly install: string;
  readonly update: string;
  /** The package that holds `ansible-playbook`. */
  readonly ansible: string;
}

/** Configuration files that were changed stay as they are, and a lock held by the first boot's own updates is waited for. Source of ZYPP_LOCK_TIMEOUT: libzypp, zypp/ZYppFactory.cc. */
const APT = 'env DEBIAN_FRONTEND=noninteractive apt-get --yes -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold';
const ZYPPER = 'env ZYPP_LOCK_TIMEOUT=600 zypper --non-interactive';

/** By the names that the catalog gives to package managers. Sources: apt-get(8), dnf(8), tdnf(8), zypper(8). */
export const PACKAGE_MANAGERS: Readonly<Record<string, PackageManager>> = {
  apt: { refresh: [`${APT} update`], install: `${APT} install`, update: `${APT} dist-upgrade`, ansible: 'ansible' },
  dnf: { refresh: [], install: 'dnf --assumeyes install', update: 'dnf --assumeyes upgrade', ansible: 'ansible-core' },
  yum: { refresh: [], install: 'yum --assumeyes install', update: 'yum --assumeyes update', ansible: 'ansible' },
  tdnf: { refresh: [], install: 'tdnf --assumeyes install', update: 'tdnf --assumeyes update', ansible: 'ansible' },
  zypper: {
    refresh: [`${ZYPPER} refresh`],
    install: `${ZYPPER} install`,
    update: `${ZYPPER} update`,
    ansible: 'ansible',
  },
};
