import { hintOf } from './explain.ts';
import { LINUX } from './signatures/linux.ts';

/** What the kernel and systemd put before a line: seconds since the start, and a state. */
const LEAD = /^(?:\[[\s\d.*]+\]\s*|\[(?:FAILED|DEPEND| TIME )\]\s*)+/;

/** The kernel's first words: a console keeps earlier boots, whose trouble may be over. */
const BOOTS = /\bLinux version \d/;

/** A line of a serial console that says why the machine did not come up, and what that means. */
export interface SerialCause {
  readonly line: string;
  readonly hint: string;
}

/**
 * Why a machine did not come up, by its serial console: the first line of its last boot that the table of failures knows. Undefined where the console
 * says nothing that is known.
 */
export function serialCause(log: string): SerialCause | undefined {
  const lines = log.split(/\r?\n/);
  const boot = lines.findLastIndex((line) => BOOTS.test(line));
  for (const raw of lines.slice(Math.max(boot, 0))) {
    const line = raw.replace(LEAD, '').trim();
    const known = LINUX.find(({ pattern }) => pattern.test(line));
    if (known) return { line, hint: hintOf(known) };
  }
  return undefined;
}
