import * as z from 'zod';
import { list, record } from '../../model/schema.ts';
import { sha256 } from '../../model/sha256.ts';
import { guestPath } from '../folder.ts';
import { script, words } from './linux-lines.ts';
import { askPackageManager, PACKAGE_SCRIPT } from './package-script.ts';
import { defineStep, impossible } from './step.ts';
import { path } from './texts.ts';

/** An Ansible playbook, which runs inside the guest, against itself: no engine is asked for a connection of Ansible's own. */
export const ansible = defineStep({
  kind: 'ansible',
  entry: record({
    playbook: path('Playbook, relative to this file.'),
    extraArguments: list(z.string()).describe('Arguments for ansible-playbook.').optional(),
  }).describe('An Ansible playbook, run inside the image.'),
  says: { playbook: z.string(), extraArguments: list(z.string()) },
  read: ({ playbook, extraArguments = [] }) => ({ playbook, extraArguments }),
  reads: ({ playbook }) => ({ texts: [playbook] }),
  keeps: { playbook: z.string(), extraArguments: list(z.string()), sha256: z.string() },
  plan({ playbook, extraArguments }, { texts }) {
    const content = texts.get(playbook);
    if (content === undefined) return { missing: playbook };
    return { title: `ansible playbook ${playbook}`, keeps: { playbook, extraArguments, sha256: sha256(content) } };
  },
  rereads: ({ playbook, sha256: hash }) => ({ texts: [{ path: playbook, sha256: hash }] }),
  needs: () => [PACKAGE_SCRIPT],
  linux: ({ playbook, extraArguments }, { file, text }) => {
    const own = `${file}.yml`;
    const run = words('ansible-playbook', '--connection', 'local', '--inventory', 'localhost,', ...extraArguments, guestPath('linux', own));
    return script(file, [askPackageManager('ansible'), run], [{ path: own, content: text(playbook) }]);
  },
  windows: impossible('Ansible cannot run on Windows itself, only against it; use a `powershell` step'),
  warns: 'roles and files beside it are not copied, and Ansible stays installed',
});
