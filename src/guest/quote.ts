import { RegildError } from '../errors.ts';

const BARE_IN_SHELL = /^[A-Za-z0-9_./:@%+=,-]+$/;

/**
 * A value as one word of a POSIX shell command; plain words stay readable. `{{` is split over two quotations, since Packer and Image Builder read
 * commands as Go templates, some of them twice. Throws TEMPLATE_INVALID for a NUL, which no argument can hold.
 */
export function shellWord(value: string): string {
  refuseNul(value);
  if (BARE_IN_SHELL.test(value)) return value;
  return `'${value.replaceAll("'", "'\\''").replace(/\{(?=\{)/g, "{''")}'`;
}

/**
 * A value as a single-quoted PowerShell string. PowerShell ends such a string also at the typographic quotes ‘ ’ ‚ ‛. A value with `{{` becomes a
 * concatenation, for the reason given at `shellWord`. Throws TEMPLATE_INVALID for a NUL.
 */
export function powershellString(value: string): string {
  refuseNul(value);
  const pieces = value.split(/(?<=\{)(?=\{)/).map((piece) => `'${piece.replace(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`);
  return pieces.length === 1 ? pieces.join('') : `(${pieces.join(' + ')})`;
}

/**
 * A value as one argument of a native program started from Windows PowerShell 5.1, which quotes arguments with spaces itself but neither escapes
 * quotes inside nor keeps empty ones.
 */
export function nativeArgument(value: string): string {
  if (value === '') return powershellString('""');
  const escaped = value.replace(/(\\*)"/g, '$1$1\\"');
  return powershellString(/\s/.test(value) ? escaped.replace(/\\+$/, '$&$&') : escaped);
}

function refuseNul(value: string): void {
  if (!value.includes('\0')) return;
  throw new RegildError('TEMPLATE_INVALID', `a command cannot hold the NUL character in ${JSON.stringify(value.slice(0, 80))}`, {
    hint: 'remove the character from the step in the manifest',
  });
}

/** Characters to a line of base64, as the programs of that name write them. */
const BASE64_LINE = 76;

/** Base64 in lines, each ended. */
export function base64Lines(base64: string): string {
  return `${(base64.match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? ['']).join('\n')}\n`;
}
