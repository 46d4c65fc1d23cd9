import * as z from 'zod';
import { list, record } from '../../model/schema.ts';
import { PlannedFile } from '../../model/user-file.ts';
import { guestPath } from '../folder.ts';
import { shellWord } from '../quote.ts';
import { defineStep, impossible } from './step.ts';
import { path, plannedFiles } from './texts.ts';

/**
 * Chef recipes, run inside the guest in local mode, with Cinc or Chef, whichever an earlier step installed: no server is asked for. All that the client
 * writes of the run stays in the step's folder, which generalize deletes. Source: docs.chef.io/ctl_chef_client, docs.chef.io/config_rb_client.
 */
export const chef = defineStep({
  kind: 'chef',
  entry: record({
    cookbooks: path('Folder of cookbooks, relative to this file.'),
    runList: z.array(z.string()).min(1, 'name at least one recipe').readonly().describe('Recipes to run.'),
  }).describe('Chef recipes, run in local mode.'),
  says: { cookbooks: z.string(), runList: list(z.string()) },
  read: (entry) => entry,
  reads: ({ cookbooks }) => ({ folders: [cookbooks] }),
  keeps: { cookbooks: z.string(), runList: list(z.string()), files: list(PlannedFile) },
  plan({ cookbooks, runList }, { folders }) {
    const folder = folders.get(cookbooks);
    return folder
      ? { title: `chef ${runList.join(', ')}`, keeps: { cookbooks, runList, files: plannedFiles(folder) } }
      : { missing: cookbooks };
  },
  rereads: ({ cookbooks, files }) => ({ folders: [{ path: cookbooks, files }] }),
  bytes: ({ files }) => files.reduce((sum, { bytes }) => sum + bytes, 0),
  linux: ({ cookbooks, runList }, { file, folder }) => {
    const place = guestPath('linux', file);
    return {
      files: [
        { path: `${file}.sh`, content: run(place, runList) },
        { path: `${file}/client.rb`, content: configuration(place) },
        ...folder(cookbooks).map(({ path: own, content }) => ({ path: `${file}/cookbooks/${own}`, content })),
      ],
      lines: [`sh -e ${place}.sh`],
    };
  },
  windows: impossible('it runs on Linux guests only; start its client in local mode with a `powershell` step'),
  warns: 'Cinc or Chef must be installed by an earlier step',
});

function configuration(folder: string): string {
  return [
    `chef_repo_path '${folder}'`,
    `cookbook_path '${folder}/cookbooks'`,
    `file_cache_path '${folder}/cache'`,
    `file_backup_path '${folder}/backup'`,
    '',
  ].join('\n');
}

function run(folder: string, runList: readonly string[]): string {
  return [
    'PATH=$PATH:/opt/cinc/bin:/opt/chef/bin',
    'client=$(command -v cinc-client || command -v chef-client) || {',
    "  echo 'neither cinc-client nor chef-client is installed: install one in an earlier step' >&2",
    '  exit 1',
    '}',
    `"$client" --local-mode --config ${folder}/client.rb --override-runlist ${shellWord(runList.join(','))}`,
    '',
  ].join('\n');
}
