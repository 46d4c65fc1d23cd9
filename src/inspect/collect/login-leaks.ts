import type { FoundLeak, InventoryAccount } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { filesIn, readText } from '../read.ts';

const HISTORY = /\/(?:\.[^/]*_history|\.history|\.viminfo|\.lesshst|\.wget-hsts)$/;

/** What the leak scan's functions `logins` and `machine_state` find that is no path alone: keys, histories, passwords, the id of the machine. */
export async function loginLeaks(
  tree: FileTree,
  accounts: readonly InventoryAccount[],
  homes: readonly string[],
): Promise<readonly FoundLeak[]> {
  const leak = (rule: string, path: string, kind: string): FoundLeak => ({ rule, severity: 'block', path, kind });
  const keys = accounts
    .filter((account) => account.keys > 0)
    .map(({ home }) => leak('SL-01', `${home}/.ssh/authorized_keys`, 'authorized key'));
  const passwords = accounts
    .filter(({ password }) => password !== 'locked')
    .map(({ name }) => leak('SL-14', '/etc/shadow', `password of ${name}`));
  const files = (await Promise.all(homes.map((home) => filesIn(tree, home)))).flat();
  const histories = files.filter((path) => HISTORY.test(path)).map((path) => leak('SL-06', path, 'history'));
  const id = (await readText(tree, '/etc/machine-id'))?.trim() ?? '';
  const machine = id === '' || id === 'uninitialized' ? [] : [leak('SL-09', '/etc/machine-id', 'machine id')];
  return [...keys, ...passwords, ...histories, ...machine];
}
