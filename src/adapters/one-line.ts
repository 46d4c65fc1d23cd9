import { redact } from '../model/redact.ts';

const LONGEST = 800;

/** What a cloud said as one line for a message: secrets masked, control characters gone, at most 800 characters, no full stop at the end. */
export function oneLine(text: string): string {
  const flat = redact(text)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat;
}
