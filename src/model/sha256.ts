import { hash } from 'node:crypto';
import { remembering } from './remembering.ts';

/** SHA-256 in hex, of a text in UTF-8 or of bytes. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content);
}

/** The same of a text that many images have in common: one of regild's own scripts, or a table that it writes for the guest. */
export const sha256OfShared: (content: string) => string = remembering(sha256);
