import { redact } from '../model/redact.ts';

/** A log of a guest, which may print whatever it likes, as text that can be shown: secrets masked, terminal control sequences taken out, lines kept. */
export function plainText(log: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a guest's log is full of them, and they would reach the user's terminal
  return redact(log).replace(/\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
