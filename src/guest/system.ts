import type { Release } from '../catalog/schema.ts';
import type { GuestFamily, OsFamily } from '../model/index.ts';

/** The system as it is named where the family is asked for. */
export interface NamedSystem {
  readonly distro: string;
  readonly version: string;
}

/**
 * Which of regild's guest scripts change a system: those of its release, or of the newest release of its distribution where the catalog lacks the
 * version. `none` = no script knows it, so the build would only find out when it runs.
 */
export function guestFamily({ distro, version }: NamedSystem, releases: readonly Release[], osFamily: OsFamily | undefined): GuestFamily {
  if (osFamily === 'windows') return 'windows';
  const own = releases.filter((release) => release.distro === distro);
  return (own.find((release) => release.version === version) ?? own.at(-1))?.guest ?? 'none';
}
