import { maskSecrets } from '../../mask-secrets.ts';

const LONGEST = 8000;

/** Whole lines from the end of a serial console log, at most 8,000 characters, without terminal control sequences and with secrets masked. */
export function lastLines(log: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a console log is full of them, and they would reach the user's terminal
  const plain = maskSecrets(log).replace(/\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
  if (plain.length <= LONGEST) return plain.trimEnd();
  const tail = plain.slice(-LONGEST);
  return tail.slice(tail.indexOf('\n') + 1).trimEnd();
}
