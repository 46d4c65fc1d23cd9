import type { Provisioner } from '../model/index.ts';

import { type GuestStep, guestSteps } from './row.ts';

/** regild's own steps in the guest with the SHA-256 of each script, by its path, so that a changed script makes a rebuild due. */
export function guestProvisioners(os: 'linux' | 'windows', hashes: ReadonlyMap<string, string>): readonly Provisioner[] {
  return guestSteps(os).flatMap((step) => [...restart(step), guestProvisioner(step, hashes)]);
}

function guestProvisioner({ id, title, phase, script, arguments: words }: GuestStep, hashes: ReadonlyMap<string, string>): Provisioner {
  return { kind: 'guest', id, title, phase, script, arguments: words, sha256: hashes.get(script) ?? '' };
}

function restart({ id, title, phase, restartBefore }: GuestStep): readonly Provisioner[] {
  return restartBefore ? [{ kind: 'restart', id: `restart-before-${id}`, title: `restart, to ${title} on the running system`, phase }] : [];
}
