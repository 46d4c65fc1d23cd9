/** What every block of the log that is not data begins with, and which kinds there are. */
export const BLOCK_TYPE = { magic: 0xc03b3998, descriptor: 1, commit: 2, revoke: 5 } as const;
