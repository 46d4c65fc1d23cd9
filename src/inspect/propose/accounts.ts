import { shellWord } from '../../guest/quote.ts';
import type { ContentItem, Inventory, InventoryAccount } from '../../model/index.ts';
import { foundComponents } from '../component-paths.ts';
import { groupName, userName } from '../owner-names.ts';
import type { Part, ProposalContext } from './part.ts';
import { isPlainName, isPlainPath, NO_PLAIN_NAME } from './plain-name.ts';

/** First number of an account that is a person's (login.defs(5), UID_MIN). */
const FIRST_PERSON = 1000;
const NO_LOGIN = /(?:nologin|false|sync)$/;

/**
 * Accounts that people made and something of theirs needs: they own files of people's, themselves or by their group; or, being nobody's login, their home
 * holds such files or a rule of sudo speaks of them.
 */
export function accountsOfPeople(
  { accounts, sudo }: Pick<Inventory, 'accounts' | 'sudo'>,
  content: readonly ContentItem[],
): Inventory['accounts'] {
  const owners = new Set(content.flatMap(({ owner }) => namesOf(owner, accounts)));
  return accounts.filter((account) => {
    const { name, uid, home } = account;
    if (userName(uid, accounts) !== name) return false;
    const speaks = sudo.some(({ rule }) => rule.split(/\s/, 1)[0] === name);
    const holds = home !== '/' && content.some(({ path }) => path.startsWith(`${home}/`));
    return owners.has(name) || (!isPerson(account) && (speaks || holds));
  });
}

/** True for an account that somebody logs in with. */
export function isPerson({ uid, shell }: InventoryAccount): boolean {
  return uid >= FIRST_PERSON && uid < 60_000 && !NO_LOGIN.test(shell);
}

/** People's accounts: nothing carries a login. */
export function personsLeft({ accounts }: Pick<Inventory, 'accounts'>): Part['left'] {
  return accounts
    .filter(isPerson)
    .map(({ name }) => ({ kind: 'account', name, reason: 'who may log in is said when a machine is made from the image' }));
}

/** True for an account that no person has, besides root. */
export function isOfSystem({ uid }: Pick<InventoryAccount, 'uid'>): boolean {
  return uid !== 0 && uid < FIRST_PERSON;
}

function namesOf(owner: string, accounts: readonly InventoryAccount[]): readonly string[] {
  const [uid, gid] = owner.split(':').map(Number);
  return [userName(uid ?? 0, accounts), groupName(gid ?? 0, accounts)].filter((name) => name !== undefined);
}

/** The accounts that are there on the new system too, once the proposal is built: all but those that AWS's parts make. */
export function travellingAccounts(inventory: Inventory, { components }: ProposalContext['catalog']): Inventory['accounts'] {
  const aws = new Set(foundComponents(components, inventory).flatMap(({ detect }) => detect.users));
  return inventory.accounts.filter(({ name }) => !aws.has(name) && isPlainName(name));
}

/** The accounts that carried files need, where the base and its packages lack them; who may log in is said when a machine is made from the image. */
export function proposeAccounts(inventory: Inventory, carried: readonly ContentItem[], { catalog }: ProposalContext): Part {
  const needed = accountsOfPeople(inventory, carried);
  const travelling = travellingAccounts(inventory, catalog);
  const isPlain = ({ name, home }: InventoryAccount) => isPlainName(name) && isPlainPath(home);
  const own = needed.filter((account) => travelling.includes(account) && isPlain(account));
  const odd = needed.filter((account) => !isPlain(account));
  const behind = needed.filter((account) => !travelling.includes(account) && isPlain(account));
  const lines = own.flatMap((account) => accountLines(account, groupName(account.gid, inventory.accounts)));
  return {
    kind: 'account',
    steps:
      lines.length === 0
        ? []
        : [{ kind: 'shell', lines, confidence: 'medium', evidence: ['they own what is carried, or a rule of sudo is theirs'] }],
    carried: own.length,
    replaced: 0,
    left: [
      ...odd.map(({ name }) => ({
        kind: 'account',
        name,
        reason: isPlainName(name) ? 'its home is no path that a command would take for one' : NO_PLAIN_NAME,
      })),
      ...behind.map(({ name, uid }) => ({
        kind: 'account',
        name,
        reason: `it is AWS's; what it owns and is carried keeps the number ${uid}`,
      })),
      ...personsLeft(inventory).filter(({ name }) => !behind.some((account) => account.name === name)),
    ],
  };
}

/**
 * A number is kept where it is free: it may be another account's there. A group is called as the only account that it is the own group of. The login
 * shell is left out.
 */
function accountLines({ name, uid, gid, home }: InventoryAccount, group: string | undefined): readonly string[] {
  const word = shellWord(name);
  const makeGroup = `getent group ${word} > /dev/null || groupadd $(getent group ${gid} > /dev/null || echo --gid ${gid}) ${word}`;
  const number = `$(getent passwd ${uid} > /dev/null || echo --uid ${uid})`;
  const rest = `--gid ${group === undefined ? gid : word} --home-dir ${shellWord(home)} --no-create-home --shell /usr/sbin/nologin ${word}`;
  return [...(group === undefined ? [] : [makeGroup]), `getent passwd ${word} > /dev/null || useradd ${number} ${rest}`];
}
