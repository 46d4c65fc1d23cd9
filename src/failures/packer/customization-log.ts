import { NOTHING_READ, type PackerLine, type Reading, readLine } from './reading.ts';

/**
 * What stands before each line that Packer printed: `[run] PACKER OUT `, or where a run has nothing but Packer's own log
 * `[run] PACKER 2025/03/18 20:42:48 ui: ` (github.com/MicrosoftDocs/azure-compute-docs/pull/179).
 */
const PRINTED = /^(?:\[[\w-]+\] )?PACKER (?:OUT ?|[\d/]+ [\d:]+ ui(?: error)?: ?)/;

/** Packer's own log is of no use to a reader. */
const OWN_LOG = /^(?:\[[\w-]+\] )?PACKER (?:ERR\b|[\d/]+ [\d:]+ )/;

/** Packer's plain output: an arrow before what it says and what a step writes to stderr, four spaces before what a step prints. */
const TARGET = /^(==> |--> |\s{4,})[\w.-]+: ?(.*)$/;

/** What ends a build, in the words of the provisioners and of Packer. */
const ENDS = /^(?:Script exited with non-zero exit status: |(?:Timeout|Error) waiting for (?:SSH|WinRM)|Build '[^']*' errored after )/;

/** What the log of an Image Builder run (customization.log) says of its steps. */
export function readCustomizationLog(text: string): Reading {
  return text.split(/\r?\n/).map(toLine).reduce(readLine, NOTHING_READ);
}

function toLine(line: string): PackerLine {
  const printed = PRINTED.exec(line);
  if (!printed && OWN_LOG.test(line)) return { kind: 'other', text: line };
  const plain = line.slice(printed?.[0].length ?? 0);
  const [, lead = '', text = plain.trim()] = TARGET.exec(plain) ?? [];
  if (ENDS.test(text)) return { kind: 'failure', text };
  if (lead.trim() === '') return { kind: lead === '' && printed === null ? 'other' : 'guest', text };
  return { kind: 'say', text };
}
