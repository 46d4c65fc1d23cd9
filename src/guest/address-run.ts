/** The source address on the way to Azure's own, which every machine has a route to: that of the primary interface (what-is-ip-address-168-63-129-16). */
const ADDRESS = "ip -4 route get 168.63.129.16 | sed -n 's/.* src \\([0-9.]*\\).*/\\1/p'";

/** Prints what no other running machine has: the id of this boot. */
export const BOOT_ID = 'cat /proc/sys/kernel/random/boot_id';

/** One script for Run Command: which boot of which machine this is, and at which address it is reached. Linux only. */
export function addressScript(): string {
  return `# regild-address\n${BOOT_ID}\n${ADDRESS}\n`;
}

/** Where a machine is, and which it is. */
export interface WhichMachine {
  readonly bootId: string;
  /** IPv4. */
  readonly address: string;
}

const PRINTED = /^(?<bootId>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\r?\n(?<address>(?:\d{1,3}\.){3}\d{1,3})$/;

/** What such a script printed; undefined for anything else, since it becomes a program's argument. */
export function parseAddress(stdout: string): WhichMachine | undefined {
  const { bootId, address } = PRINTED.exec(stdout.trim())?.groups ?? {};
  return bootId === undefined || address === undefined ? undefined : { bootId, address };
}
