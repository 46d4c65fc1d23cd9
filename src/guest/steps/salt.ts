import * as z from 'zod';
import { list, record } from '../../model/schema.ts';
import { PlannedFile } from '../../model/user-file.ts';
import { guestPath } from '../folder.ts';
import { shellWord } from '../quote.ts';
import { defineStep, impossible } from './step.ts';
import { path, plannedFiles } from './texts.ts';

/**
 * Salt states, applied inside the guest without a master. All that Salt writes of the run (keys, minion id, cache, log) stays in the step's folder, which
 * generalize deletes: a machine made from the image is no minion that another one was. Source: docs.saltproject.io/en/latest/ref/cli/salt-call.html,
 * docs.saltproject.io/en/latest/ref/configuration/minion.html.
 */
export const salt = defineStep({
  kind: 'salt',
  entry: record({
    states: path('Folder of states, relative to this file.'),
    apply: z
      .array(z.string().min(1))
      .min(1, 'name at least one state, or leave it out for what top.sls says')
      .readonly()
      .describe('States to apply. Default: what top.sls says.')
      .optional(),
  }).describe('Salt states, applied without a master.'),
  says: { states: z.string(), apply: list(z.string()) },
  read: ({ states, apply = [] }) => ({ states, apply }),
  reads: ({ states }) => ({ folders: [states] }),
  keeps: { states: z.string(), apply: list(z.string()), files: list(PlannedFile) },
  plan({ states, apply }, { folders }) {
    const folder = folders.get(states);
    return folder
      ? { title: `salt ${apply.join(', ') || `states of ${states}`}`, keeps: { states, apply, files: plannedFiles(folder) } }
      : { missing: states };
  },
  rereads: ({ states, files }) => ({ folders: [{ path: states, files }] }),
  bytes: ({ files }) => files.reduce((sum, { bytes }) => sum + bytes, 0),
  linux: ({ states, apply }, { file, folder }) => {
    const place = guestPath('linux', file);
    return {
      files: [
        { path: `${file}.sh`, content: run(place, apply) },
        { path: `${file}/minion`, content: configuration(place) },
        ...folder(states).map(({ path: own, content }) => ({ path: `${file}/states/${own}`, content })),
      ],
      lines: [`sh -e ${place}.sh`],
    };
  },
  windows: impossible('it runs on Linux guests only; start its client in local mode with a `powershell` step'),
  warns: 'Salt must be installed by an earlier step, and no pillar is brought along',
});

/** The id is said, for otherwise the build VM's name would be asked of its network and written down. */
function configuration(folder: string): string {
  return JSON.stringify({
    id: 'image',
    file_client: 'local',
    file_roots: { base: [`${folder}/states`] },
    pki_dir: `${folder}/pki`,
    cachedir: `${folder}/cache`,
    sock_dir: `${folder}/run`,
    log_file: `${folder}/log`,
  });
}

function run(folder: string, apply: readonly string[]): string {
  const states = apply.length === 0 ? '' : ` ${shellWord(apply.join(','))}`;
  return [
    'PATH=$PATH:/opt/saltstack/salt',
    'command -v salt-call >/dev/null || {',
    "  echo 'salt-call is not installed: install Salt in an earlier step' >&2",
    '  exit 1',
    '}',
    `salt-call --local --retcode-passthrough --state-output=changes --config-dir=${folder} state.apply${states}`,
    '',
  ].join('\n');
}
