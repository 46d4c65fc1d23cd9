import { compareText, type InventoryAccount } from '../../model/index.ts';
import type { RegistryValue } from '../registry/value.ts';
import type { Registry } from './registry.ts';

const USERS = 'HKLM\\SAM\\SAM\\Domains\\Account\\Users';
/** Places in the values `F` and `V` of an account (impacket, secretsdump.py: DOMAIN_ACCOUNT_F, USER_ACCOUNT_V). */
const F = { group: 0x34, flags: 0x38 } as const;
const V = { hashLength: 0xac } as const;
const DISABLED = 0x0001;
/** Bytes of a hash's envelope that holds none: the older and the newer kind. */
const EMPTY_HASH: readonly number[] = [4, 24];

/** Accounts of the machine itself, with their number as uid; of a password only whether there is one. Sorted by name. Throws Unreadable. */
export async function collectWindowsAccounts(registry: Registry): Promise<readonly InventoryAccount[]> {
  const names = await registry.below(`${USERS}\\Names`);
  const accounts = await Promise.all(
    names.map(async (key) => {
      // The number of an account is the type of the value without a name.
      const rid = (await key.value(''))?.type ?? 0;
      const user = await registry.key(`${USERS}\\${rid.toString(16).toUpperCase().padStart(8, '0')}`);
      return accountOf(key.name, rid, { f: await user?.value('F'), v: await user?.value('V') });
    }),
  );
  return accounts.sort((one, other) => compareText(one.name, other.name));
}

interface Record {
  readonly f: RegistryValue | undefined;
  readonly v: RegistryValue | undefined;
}

function accountOf(name: string, rid: number, { f, v }: Record): InventoryAccount {
  const flags = f !== undefined && f.bytes.length >= F.flags + 2 ? f.bytes.readUInt16LE(F.flags) : DISABLED;
  const group = f !== undefined && f.bytes.length >= F.group + 4 ? f.bytes.readUInt32LE(F.group) : 0;
  const hashed = v !== undefined && v.bytes.length >= V.hashLength + 4 ? v.bytes.readUInt32LE(V.hashLength) : 0;
  const password = (flags & DISABLED) !== 0 ? 'locked' : EMPTY_HASH.includes(hashed) ? 'empty' : 'set';
  return { name, uid: rid, gid: group, home: `C:\\Users\\${name}`, shell: '', password, keys: 0 };
}
