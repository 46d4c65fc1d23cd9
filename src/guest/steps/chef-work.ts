import type { FolderFile } from '../../model/index.ts';
import { guestPath } from '../folder.ts';
import { shellWord } from '../quote.ts';
import type { Work } from '../work.ts';

/**
 * The cookbooks run inside the guest in local mode, with Cinc or Chef, whichever an earlier step installed: no server is asked for. All that the client
 * writes of the run stays in the step's folder, which generalize deletes. Source: docs.chef.io/ctl_chef_client, docs.chef.io/config_rb_client.
 */
export function chefWork(file: string, runList: readonly string[], cookbooks: readonly FolderFile[]): Work {
  const folder = guestPath('linux', file);
  const configuration = [
    `chef_repo_path '${folder}'`,
    `cookbook_path '${folder}/cookbooks'`,
    `file_cache_path '${folder}/cache'`,
    `file_backup_path '${folder}/backup'`,
    '',
  ];
  const lines = [
    'PATH=$PATH:/opt/cinc/bin:/opt/chef/bin',
    'client=$(command -v cinc-client || command -v chef-client) || {',
    "  echo 'neither cinc-client nor chef-client is installed: install one in an earlier step' >&2",
    '  exit 1',
    '}',
    `"$client" --local-mode --config ${folder}/client.rb --override-runlist ${shellWord(runList.join(','))}`,
    '',
  ];
  return {
    files: [
      { path: `${file}.sh`, content: lines.join('\n') },
      { path: `${file}/client.rb`, content: configuration.join('\n') },
      ...cookbooks.map(({ path, content }) => ({ path: `${file}/cookbooks/${path}`, content })),
    ],
    lines: [`sh -e ${folder}.sh`],
  };
}
