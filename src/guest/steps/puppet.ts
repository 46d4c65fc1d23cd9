import * as z from 'zod';
import { record } from '../../model/schema.ts';
import { sha256 } from '../../model/sha256.ts';
import { guestPath } from '../folder.ts';
import { script } from './linux-lines.ts';
import { defineStep, impossible } from './step.ts';
import { path } from './texts.ts';

/** A Puppet manifest, applied inside the guest; exit code 2 of `--detailed-exitcodes` means that changes were made, and all went well. */
export const puppet = defineStep({
  kind: 'puppet',
  entry: record({ manifest: path('Puppet manifest, relative to this file.') }).describe('A Puppet manifest, applied locally.'),
  says: { manifest: z.string() },
  read: (entry) => entry,
  reads: ({ manifest }) => ({ texts: [manifest] }),
  keeps: { manifest: z.string(), sha256: z.string() },
  plan({ manifest }, { texts }) {
    const content = texts.get(manifest);
    return content === undefined
      ? { missing: manifest }
      : { title: `puppet manifest ${manifest}`, keeps: { manifest, sha256: sha256(content) } };
  },
  rereads: ({ manifest, sha256: hash }) => ({ texts: [{ path: manifest, sha256: hash }] }),
  linux: ({ manifest }, { file, text }) => {
    const own = `${file}.pp`;
    const apply = `puppet apply --detailed-exitcodes ${guestPath('linux', own)} || [ $? -eq 2 ]`;
    return script(file, ['PATH=$PATH:/opt/puppetlabs/bin', apply], [{ path: own, content: text(manifest) }]);
  },
  windows: impossible('it runs on Linux guests only; start its client in local mode with a `powershell` step'),
  warns: 'modules beside it are not copied, and Puppet must be installed by an earlier step',
});
