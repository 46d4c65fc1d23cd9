import type { GuestFile } from '../folder.ts';
import { guestPath } from '../folder.ts';
import { shellWord } from '../quote.ts';
import type { Lines } from './step.ts';

/** Values as words of one shell command. */
export function words(...values: readonly string[]): string {
  return values.map(shellWord).join(' ');
}

/** A script of the step's own, which ends at its first failing line. */
export function script(file: string, lines: readonly string[], more: readonly GuestFile[] = []): Lines {
  const path = `${file}.sh`;
  return { files: [{ path, content: `${lines.join('\n')}\n` }, ...more], lines: [words('sh', '-e', guestPath('linux', path))] };
}

/** The command that puts a file of the guest folder where it belongs. */
export function place(own: string, to: string): string {
  return words('install', '-D', '-m', '0644', '--', guestPath('linux', own), to);
}
