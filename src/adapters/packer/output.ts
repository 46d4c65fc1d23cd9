import type { PackerLine } from '../../failures/packer/reading.ts';

/** time, target, type, data: Packer writes commas and line breaks in the data as escapes. */
const LINE = /^\d+,([^,]*),([^,]+),(.*)$/;

/** What `-timestamp-ui` and the user interface put before each line of a message, the arrow again where a plugin passes it on. */
const PREFIX = /^(?:\d{4}-\d\d-\d\dT\S+: )?(?:(?:==> |--> |\s{4,})?[\w.-]+\.[\w.-]+: +|==> |--> |\s{4,})*/;

/** One line of `packer -machine-readable`; a line in another form, such as a crash leaves behind or `packer init` writes, is something said. */
export function parsePackerLine(line: string): PackerLine {
  const [, target = '', type = '', data = ''] = LINE.exec(line) ?? [];
  if (!type) return { kind: plainKind(line), text: line.trim() };
  if (type === 'error') return { kind: target === '' ? 'error' : 'failure', text: readable(data) };
  if (type !== 'ui') return { kind: 'other', text: data };
  const [level = '', ...message] = data.split(',');
  return { kind: level === 'error' ? 'error' : level === 'message' ? 'guest' : 'say', text: readable(message.join(',')) };
}

function plainKind(line: string): PackerLine['kind'] {
  if (line.trim() === '') return 'other';
  return /^(?:Error|Failed|panic)\b/i.test(line.trim()) ? 'error' : 'say';
}

function readable(data: string): string {
  const text = data.replaceAll('%!(PACKER_COMMA)', ',').replace(/\\r/g, '').replace(/\\n/g, '\n').trim();
  return text
    .split('\n')
    .map((line) => line.replace(PREFIX, '').trimEnd())
    .join('\n')
    .trim();
}
