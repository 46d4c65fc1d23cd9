import { hash } from 'node:crypto';

/** SHA-256 in hex, of a text in UTF-8 or of bytes. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content);
}
