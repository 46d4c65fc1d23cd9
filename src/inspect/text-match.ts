/** Longest line (characters) that a pattern is tried on, so that no text makes one run on and on. */
const LONGEST_LINE = 8192;

const CLASSES: Readonly<Record<string, string>> = {
  '[:space:]': '\\s',
  '[:digit:]': '0-9',
  '[:alpha:]': 'A-Za-z',
  '[:alnum:]': 'A-Za-z0-9',
  '[:upper:]': 'A-Z',
  '[:lower:]': 'a-z',
};

/** A POSIX extended regular expression, as the catalog writes it for grep, over one line. */
export function linePattern(expression: string): RegExp {
  return new RegExp(expression.replace(/\[:[a-z]+:\]/g, (name) => CLASSES[name] ?? name));
}

/** The lines of a text in which a pattern matches, as grep would print them; of long lines only the beginning is looked at. */
export function matchingLines(text: string, pattern: RegExp): readonly string[] {
  return text.split('\n').filter((line) => pattern.test(line.slice(0, LONGEST_LINE)));
}
