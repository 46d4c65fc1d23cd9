import { NOTHING_READ, type PackerLine, type Reading, readLine } from './reading.ts';

/** `[run] PACKER OUT ` before each line that Packer printed; `PACKER ERR ` is its own log, which is of no use to a reader. */
const STREAM = /^(?:\[[\w-]+\] )?PACKER (OUT|ERR) ?/;

/** Packer's plain output: an arrow before what it says and what a step writes to stderr, four spaces before what a step prints. */
const TARGET = /^(==> |--> |\s{4,})[\w.-]+: ?(.*)$/;

/** What ends a build, in the words of the provisioners and of Packer. */
const ENDS = /^(?:Script exited with non-zero exit status: |Timeout waiting for (?:SSH|WinRM)|Build '[^']*' errored after )/;

/** What the log of an Image Builder run (customization.log) says of its steps. */
export function readCustomizationLog(text: string): Reading {
  return text.split(/\r?\n/).map(toLine).reduce(readLine, NOTHING_READ);
}

function toLine(line: string): PackerLine {
  const stream = STREAM.exec(line);
  if (stream?.[1] === 'ERR') return { kind: 'other', text: line };
  const plain = line.slice(stream?.[0].length ?? 0);
  const [, lead = '', text = plain.trim()] = TARGET.exec(plain) ?? [];
  if (ENDS.test(text)) return { kind: 'failure', text };
  if (lead.trim() === '') return { kind: lead === '' && stream === null ? 'other' : 'guest', text };
  return { kind: 'say', text };
}
