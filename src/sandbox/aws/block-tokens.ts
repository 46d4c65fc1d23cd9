import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds for which a token is good (EBS direct API, frequently asked questions): a block's for a week, a page's for an hour. */
const LIFE = { block: 7 * 24 * 3600, page: 3600 } as const;
const SIGNATURE = 24;

/** The kinds of tokens of EBS direct. */
export type TokenKind = keyof typeof LIFE;

/** Tokens that say what they are for, are signed, and expire. */
export interface BlockTokens {
  /** A token for a block, or for a page that begins with it, of a snapshot. */
  issue(kind: TokenKind, snapshot: string, index: number): string;
  /** The index that a token was issued for; undefined for another kind, another snapshot, a false or an expired one. */
  check(kind: TokenKind, snapshot: string, token: string): number | undefined;
  /** When a token issued at this moment expires. */
  expiry(kind: TokenKind): Date;
}

/** Tokens signed with a key; time is what `now` says. */
export function blockTokens(key: Uint8Array, now: () => Date): BlockTokens {
  const sign = (content: string) => createHmac('sha256', key).update(content).digest().subarray(0, SIGNATURE);
  const expiry = (kind: TokenKind) => new Date(now().getTime() + LIFE[kind] * 1000);
  return {
    issue(kind, snapshot, index) {
      const content = `${kind}:${snapshot}:${index}:${expiry(kind).getTime()}`;
      return Buffer.concat([sign(content), Buffer.from(content)]).toString('base64');
    },
    check(kind, snapshot, token) {
      const bytes = Buffer.from(token, 'base64');
      const content = bytes.toString('utf8', SIGNATURE);
      const signature = bytes.subarray(0, SIGNATURE);
      if (signature.length < SIGNATURE || !timingSafeEqual(signature, sign(content))) return undefined;
      const [ofKind, of, index, until] = content.split(':');
      return ofKind === kind && of === snapshot && Number(until) >= now().getTime() ? Number(index) : undefined;
    },
    expiry,
  };
}
