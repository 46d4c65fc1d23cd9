import { type Provisioner, sha256OfShared } from '../model/index.ts';

import { type GuestStep, guestSteps } from './row.ts';

/** regild's own steps in the guest with the hash of each script's text, so that a changed script makes a rebuild due. */
export function guestProvisioners(os: 'linux' | 'windows', scripts: ReadonlyMap<string, string>): readonly Provisioner[] {
  return guestSteps(os).flatMap((step) => [...restart(step), guestProvisioner(step, scripts)]);
}

function guestProvisioner({ id, title, phase, script, arguments: words }: GuestStep, scripts: ReadonlyMap<string, string>): Provisioner {
  return { kind: 'guest', id, title, phase, script, arguments: words, sha256: sha256OfShared(scripts.get(script) ?? '') };
}

function restart({ id, title, phase, restartBefore }: GuestStep): readonly Provisioner[] {
  return restartBefore ? [{ kind: 'restart', id: `restart-before-${id}`, title: `restart, to ${title} on the running system`, phase }] : [];
}
