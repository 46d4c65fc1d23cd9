import { shellWord } from '../../guest/quote.ts';

/**
 * True for a name that a command can only take for a name. It comes from a stranger's disk: one that begins as an option does would be an option, however
 * well it is quoted.
 */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9_@][\w.+@/:~-]*\$?$/.test(name);
}

/** A word of a command that is no option of it, also where it begins as one does, as the root's own units do (`-.mount`). */
export function operand(word: string): string {
  return word.startsWith('-') ? `-- ${shellWord(word)}` : shellWord(word);
}

/** True for an absolute path that can stand in a command and in one line. */
export function isPlainPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it must not hold
  return /^\/[^\0-\x1f\x7f]*$/.test(path);
}

/** Why something with another name is not carried. */
export const NO_PLAIN_NAME = 'its name is none that a command would take for one';
