import { shellWord } from '../../guest/quote.ts';
import type { ContentItem, InventoryAccount } from '../../model/index.ts';

/**
 * Lines that make the accounts that own carried files and are nobody's login, where the base lacks them: without them a file would belong to a number.
 * The login shell is left out, since who may log in is said when a machine is made from the image.
 */
export function ownerAccounts(carried: readonly ContentItem[], accounts: readonly InventoryAccount[]): readonly string[] {
  const owners = new Set(carried.map(({ owner }) => Number(owner.split(':')[0])));
  return accounts
    .filter(({ uid }) => uid !== 0 && owners.has(uid))
    .flatMap(({ name, uid, gid, home }) => [
      `getent group ${gid} > /dev/null || groupadd --gid ${gid} ${shellWord(name)}`,
      `getent passwd ${uid} > /dev/null || useradd --uid ${uid} --gid ${gid} --home-dir ${shellWord(home)} --no-create-home --shell /usr/sbin/nologin ${shellWord(name)}`,
    ]);
}
