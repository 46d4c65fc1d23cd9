/** A line of `packer -machine-readable`, as people read it: something said, an error, or what only programs care for. */
export interface PackerLine {
  readonly kind: 'say' | 'error' | 'other';
  readonly text: string;
}

/** time, target, type, data: Packer writes commas and line breaks in the data as escapes. */
const LINE = /^\d+,([^,]*),([^,]+),(.*)$/;

/** What `-timestamp-ui` and the user interface put before a message. */
const PREFIX = /^(?:\d{4}-\d\d-\d\dT\S+: )?(?:==> |--> |\s{4,})?(?:[\w.-]+\.[\w.-]+: +)?/;

/** One line of Packer's output; a line in another form, such as a crash leaves behind or `packer init` writes, is something said. */
export function parsePackerLine(line: string): PackerLine {
  const [, , type = '', data = ''] = LINE.exec(line) ?? [];
  if (!type) return { kind: plainKind(line), text: line.trim() };
  if (type === 'error') return { kind: 'error', text: readable(data) };
  if (type !== 'ui') return { kind: 'other', text: data };
  const [level = '', ...message] = data.split(',');
  return { kind: level === 'error' ? 'error' : 'say', text: readable(message.join(',')) };
}

function plainKind(line: string): PackerLine['kind'] {
  if (line.trim() === '') return 'other';
  return /^(?:Error|Failed|panic)\b/i.test(line.trim()) ? 'error' : 'say';
}

function readable(data: string): string {
  const text = data.replaceAll('%!(PACKER_COMMA)', ',').replace(/\\r/g, '').replace(/\\n/g, '\n').trim();
  return text.replace(PREFIX, '').trim();
}
