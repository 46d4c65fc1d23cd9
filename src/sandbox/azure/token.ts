import { createHmac, timingSafeEqual } from 'node:crypto';
import type { JsonObject } from '../http.ts';

/** A signed JSON Web Token (HS256) with these claims, as three base64url parts. */
export function signToken(claims: JsonObject, key: Buffer): string {
  const signed = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
  return `${signed}.${signature(signed, key).toString('base64url')}`;
}

/** Whether a token was signed with this key; its times and claims are not looked at. */
export function tokenIsOurs(token: string, key: Buffer): boolean {
  const end = token.lastIndexOf('.');
  const given = Buffer.from(token.slice(end + 1), 'base64url');
  const wanted = signature(token.slice(0, Math.max(end, 0)), key);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Whether a token says that it is signed, by a real algorithm and with a signature: whose, nobody can check without the signer's keys. */
export function tokenIsSigned(token: string): boolean {
  const [header = '', , signed = ''] = token.split('.');
  const { alg } = decode(header) ?? {};
  return typeof alg === 'string' && alg.toLowerCase() !== 'none' && Buffer.from(signed, 'base64url').length >= SHORTEST_SIGNATURE;
}

/** Of the algorithms of JSON Web Signatures (RFC 7518, section 3.1) the shortest signature, that of HS256; in bytes. */
const SHORTEST_SIGNATURE = 32;

/** The claims of a token, without looking at its signature; undefined when it is no token. */
export function tokenClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  return decode(token.split('.')[1] ?? '');
}

function decode(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(text: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
