/** One line: an attribute's parts, or a text that stays as it is. */
interface Line {
  readonly text: string;
  readonly attribute?: { readonly indent: string; readonly name: string; readonly value: string; readonly columns: number };
}

const ATTRIBUTE = /^( *)("(?:[^"\\]|\\.)*"|[A-Za-z_][\w-]*) += (.*)$/;

/** An attribute whose value goes on over several lines. */
const OPEN_END = /[[({]$/;

const GRAPHEMES = new Intl.Segmenter();

/**
 * The same HCL with the equals signs of neighbouring one-line attributes under each other, as `packer fmt` leaves it. A blank line, a comment, a
 * block or a value that goes on over several lines ends a group. Source: hcl, hclwrite/format.go.
 */
export function alignHcl(text: string): string {
  const groups: Line[][] = [];
  for (const line of text.split('\n').map(toLine)) {
    const last = groups.at(-1);
    if (line.attribute && last?.[0]?.attribute) last.push(line);
    else groups.push([line]);
  }
  return groups.flatMap(alignGroup).join('\n');
}

function toLine(text: string): Line {
  const [, indent = '', name, value = ''] = ATTRIBUTE.exec(text) ?? [];
  return name === undefined || OPEN_END.test(value) ? { text } : { text, attribute: { indent, name, value, columns: columns(name) } };
}

function alignGroup(lines: readonly Line[]): readonly string[] {
  const width = Math.max(...lines.map(({ attribute }) => attribute?.columns ?? 0));
  return lines.map(({ text, attribute }) => {
    if (!attribute) return text;
    return `${attribute.indent}${attribute.name}${' '.repeat(width - attribute.columns)} = ${attribute.value}`;
  });
}

/** HCL counts grapheme clusters. */
function columns(name: string): number {
  return /^[ -~]*$/.test(name) ? name.length : [...GRAPHEMES.segment(name)].length;
}
