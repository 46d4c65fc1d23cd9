import { compareText, type Inventory, type InventoryAccount } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { filesIn, meaningfulLines, readText } from '../read.ts';

/** The accounts of /etc/passwd, with what /etc/shadow says of their passwords (never the hash) and how many keys may log in. */
export async function collectAccounts(tree: FileTree): Promise<readonly InventoryAccount[]> {
  const shadow = new Map((await fieldsOf(tree, '/etc/shadow')).map(([name = '', hash = '']) => [name, hash]));
  const entries = (await fieldsOf(tree, '/etc/passwd')).filter((fields) => fields.length >= 7);
  const accounts = await Promise.all(
    entries.map(async ([name = '', inPasswd = '', uid, gid, , home = '', shell = '']) => ({
      name,
      uid: Number(uid),
      gid: Number(gid),
      home,
      shell,
      password: passwordState(inPasswd === 'x' ? (shadow.get(name) ?? '*') : inPasswd),
      keys: await countKeys(tree, home),
    })),
  );
  return accounts
    .filter(({ uid, gid }) => Number.isInteger(uid) && Number.isInteger(gid))
    .sort((left, right) => compareText(left.name, right.name));
}

/** Folders of the accounts that people, or root, log in to. */
export function homesOf(accounts: readonly InventoryAccount[]): readonly string[] {
  const homes = accounts.filter(({ uid }) => uid === 0 || (uid >= 1000 && uid < 60_000)).map(({ home }) => home);
  return [...new Set(['/root', ...homes])].filter((home) => home.startsWith('/') && home !== '/').sort(compareText);
}

/** Rules of /etc/sudoers and its folder, one each; defaults and aliases are no rules. sudoers(5): no files with a dot, or `~` at the end. */
export async function collectSudo(tree: FileTree): Promise<Inventory['sudo']> {
  const files = (await filesIn(tree, '/etc/sudoers.d')).filter((path) => !/\.|~$/.test(path.slice('/etc/sudoers.d/'.length)));
  const texts = await Promise.all(['/etc/sudoers', ...files].map(async (path) => ({ path, text: (await readText(tree, path)) ?? '' })));
  return texts.flatMap(({ path, text }) =>
    meaningfulLines(text.replaceAll(/\\\n\s*/g, ' '))
      .filter((line) => !/^(?:Defaults|[A-Z][a-z]+_Alias|@include)/.test(line))
      .map((line) => ({ path, rule: line.replaceAll(/\s+/g, ' ') })),
  );
}

async function fieldsOf(tree: FileTree, path: string): Promise<readonly (readonly string[])[]> {
  return meaningfulLines((await readText(tree, path)) ?? '').map((line) => line.split(':'));
}

/** shadow(5): nothing = no password is asked for; what begins with `!` or `*` is no hash of any password. */
function passwordState(hash: string): InventoryAccount['password'] {
  if (hash === '') return 'empty';
  return /^[!*x]/.test(hash) ? 'locked' : 'set';
}

async function countKeys(tree: FileTree, home: string): Promise<number> {
  if (!home.startsWith('/') || home === '/') return 0;
  const files = await Promise.all(['authorized_keys', 'authorized_keys2'].map((name) => readText(tree, `${home}/.ssh/${name}`)));
  return files.reduce((count, text) => count + meaningfulLines(text ?? '').length, 0);
}
