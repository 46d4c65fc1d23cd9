import { plainText } from '../../plain-text.ts';

const LONGEST = 8000;

/** Whole lines from the end of a serial console log, at most 8,000 characters, without terminal control sequences and with secrets masked. */
export function lastLines(log: string): string {
  const plain = plainText(log);
  if (plain.length <= LONGEST) return plain.trimEnd();
  const tail = plain.slice(-LONGEST);
  return tail.slice(tail.indexOf('\n') + 1).trimEnd();
}
