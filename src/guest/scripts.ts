/** The subjects of the guest's library, a file each in `scripts/<os>/lib/`, in the order in which `lib.sh` or `lib.ps1` loads them. */
const LIBRARY = {
  linux: ['system', 'packages', 'boot', 'units', 'accounts', 'files', 'settings', 'network', 'logins', 'answers', 'components'],
  windows: ['programs', 'system', 'registry', 'answers', 'components'],
} as const;

/** A script of the installation by its name, such as `lib/boot`: its path below the installation. */
export function scriptPath(os: 'linux' | 'windows', name: string): string {
  return os === 'windows' ? `scripts/windows/${name}.ps1` : `scripts/linux/${name}.sh`;
}

/** The script that holds a check, by the check's id. */
export function checkFile(os: 'linux' | 'windows', id: string): string {
  return scriptPath(os, `checks/${id}`);
}

/** What every guest script loads first, in that order. */
export function libraryFiles(os: 'linux' | 'windows'): readonly string[] {
  return ['lib', ...LIBRARY[os].map((subject) => `lib/${subject}`)].map((name) => scriptPath(os, name));
}
