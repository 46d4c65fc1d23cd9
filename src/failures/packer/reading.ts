/**
 * A line of Packer's, as people read it: `say` is Packer's, `guest` what a step printed, `error` what a step wrote to stderr or Packer complains about,
 * `failure` the one error that ends a build, `other` what only programs care for.
 */
export interface PackerLine {
  readonly kind: 'say' | 'guest' | 'error' | 'failure' | 'other';
  readonly text: string;
}

/** What is known of a command of Packer's from the lines that it has printed so far. */
export interface Reading {
  /** How many steps have begun. */
  readonly step: number;
  /** The last lines that the guest, or Packer, printed in this step, stderr and stdout as they came. */
  readonly last: readonly string[];
  /** The last lines of stderr and of complaints in this step. */
  readonly errors: readonly string[];
  /** The structured error that ended the build. */
  readonly failure?: string;
  /** The step that began last has failed; what comes after is Packer's clean-up. */
  readonly over: boolean;
  /** Packer said that it has deleted what it made. */
  readonly cleaned: boolean;
}

export const NOTHING_READ: Reading = { step: 0, last: [], errors: [], over: false, cleaned: false };

/** How many lines are kept of a step. */
const LAST_LINES = 20;

/** What Packer's provisioners say when they begin (packer-plugin-sdk and packer, provisioner/shell, powershell, windows-restart). */
const BEGINS = /^(?:Provisioning with (?:shell|powershell) script: |Restarting Machine$)/i;

/** What stands in every log without being a reason: sudo before the host name is in /etc/hosts. */
const NOISE = /^sudo: unable to resolve host /;

/**
 * Packer's words after a step has failed: packer/provisioner.go, and with `-on-error=abort` the step's error and what packer-plugin-sdk's
 * multistep/commonsteps makes of it. A guest can write them too; then another step begins.
 */
const OVER =
  /^(?:Provisioning step had errors: Running the cleanup provisioner|Script exited with non-zero exit status: |Step "\w+" failed, aborting|aborted: skipping cleanup of step )/;

/** Packer's words after an interrupt, when nothing is left (packer, command/build.go). */
const CLEANED = /^Cleanly cancelled builds/;

/** The reading after one more line. */
export function readLine(reading: Reading, { kind, text }: PackerLine): Reading {
  if (kind === 'other') return reading;
  if (kind === 'failure') return { ...reading, failure: reading.failure ?? text, over: true };
  if (OVER.test(text)) return { ...reading, over: true };
  if (CLEANED.test(text)) return { ...reading, cleaned: true };
  if (kind === 'say' && BEGINS.test(text) && reading.failure === undefined)
    return { ...reading, step: reading.step + 1, last: [], errors: [], over: false };
  if (reading.over) return reading;
  return { ...reading, last: kept(reading.last, text), errors: kind === 'error' ? kept(reading.errors, text) : reading.errors };
}

/** What to tell of a line while it runs: a step by its number and name, all else as Packer says it. Undefined for what nobody needs. */
export function progressOf({ step }: Reading, { kind, text }: PackerLine, steps: readonly string[]): string | undefined {
  if (kind === 'other') return undefined;
  const name = steps[step - 1];
  return kind === 'say' && BEGINS.test(text) && name !== undefined ? `[${step}/${steps.length}] ${name}` : text;
}

function kept(lines: readonly string[], text: string): readonly string[] {
  return [...lines, ...text.split('\n').filter((line) => line.trim() !== '' && !NOISE.test(line))].slice(-LAST_LINES);
}
