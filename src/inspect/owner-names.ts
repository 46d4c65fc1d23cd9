import type { InventoryAccount } from '../model/index.ts';

type Accounts = readonly Pick<InventoryAccount, 'name' | 'uid' | 'gid'>[];

/**
 * An owner, `uid:gid`, with names in place of the numbers that a machine gave out by itself: these are others on the next machine. A number that nothing
 * names stays, and so do those that are the same everywhere.
 */
export function ownerNames(owner: string, accounts: Accounts): string {
  const [uid = '', gid = ''] = owner.split(':');
  return `${userName(Number(uid), accounts) ?? uid}:${groupName(Number(gid), accounts) ?? gid}`;
}

/** The name of a user by a number that a machine gave out. */
export function userName(uid: number, accounts: Accounts): string | undefined {
  return isGivenOut(uid) ? accounts.find((account) => account.uid === uid)?.name : undefined;
}

/** The name of a group by a number that a machine gave out: that of the only account that has it as its own. */
export function groupName(gid: number, accounts: Accounts): string | undefined {
  const own = isGivenOut(gid) ? accounts.filter((account) => account.gid === gid) : [];
  return own.length === 1 ? own[0]?.name : undefined;
}

/** Numbers up to 100 (`users`) and from 65534 (`nobody`) on are the same on every machine (Debian Policy 9.2.2; login.defs(5), SYS_UID_MIN). */
function isGivenOut(number: number): boolean {
  return number > 100 && number < 65_534;
}
