import type { PackerLine } from './output.ts';

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
  /** Packer said that it has deleted what it made. */
  readonly cleaned: boolean;
}

export const NOTHING_READ: Reading = { step: 0, last: [], errors: [], cleaned: false };

/** How many lines are kept of a step. */
const LAST_LINES = 20;

/** What Packer's provisioners say when they begin (packer-plugin-sdk and packer, provisioner/shell, powershell, windows-restart). */
const BEGINS = /^(?:Provisioning with (?:shell|powershell) script: |Restarting Machine$)/i;

/** What stands in every log without being a reason: sudo before the host name is in /etc/hosts, and Packer after any failure. */
const NOISE = /^(?:sudo: unable to resolve host |Provisioning step had errors: Running the cleanup provisioner)/;

/** Packer's words after an interrupt, when nothing is left (packer, command/build.go). */
const CLEANED = /^Cleanly cancelled builds/;

/** The reading after one more line. */
export function readLine(reading: Reading, { kind, text }: PackerLine): Reading {
  switch (kind) {
    case 'say':
      if (BEGINS.test(text)) return { ...reading, step: reading.step + 1, last: [], errors: [] };
      return { ...reading, last: kept(reading.last, text), cleaned: reading.cleaned || CLEANED.test(text) };
    case 'guest':
      return { ...reading, last: kept(reading.last, text) };
    case 'error':
      return { ...reading, last: kept(reading.last, text), errors: kept(reading.errors, text) };
    case 'failure':
      return { ...reading, failure: reading.failure ?? text };
    case 'other':
      return reading;
  }
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
