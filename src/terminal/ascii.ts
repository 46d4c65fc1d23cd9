/** Our marks and lines, each as a letter of ASCII that takes as many cells. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ '✓': '+', '✔': '+', '✗': 'x', '✖': 'x', '…': '.', '→': '>', '←': '<', '×': 'x', '·': '-', '•': '*', '–': '-' },
  ...{ '├': '|', '└': '`', '│': '|', '─': '-' },
  ...{ '⠋': '|', '⠙': '/', '⠹': '-', '⠸': '\\', '⠼': '|', '⠴': '/', '⠦': '-', '⠧': '\\', '⠇': '|', '⠏': '/' },
};
const MARKS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/** A text with the marks that regild draws in ASCII; what others wrote in their own letters stays. */
export function inAscii(text: string): string {
  return text.replace(MARKS, (mark) => LETTERS[mark] ?? mark);
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether a terminal shows more than ASCII. The console of Linux has no font for it, the old one of Windows no code page (after is-unicode-supported 2); else the
 * locale decides where one is set: none is taken for UTF-8, `C` that somebody asked for is not (as systemd's is_locale_utf8 has it).
 */
export function showsUnicode(environment: Environment): boolean {
  const { TERM, OS, LC_ALL, LC_CTYPE, LANG } = environment;
  if (OS === 'Windows_NT') return WINDOWS.some((isOne) => isOne(environment));
  const locale = LC_ALL || LC_CTYPE || LANG;
  return TERM !== 'linux' && (!locale || /utf-?8/i.test(locale));
}

/** Terminals on Windows that show it. */
const WINDOWS: readonly ((environment: Environment) => boolean)[] = [
  ({ WT_SESSION, TERMINUS_SUBLIME }) => Boolean(WT_SESSION || TERMINUS_SUBLIME),
  ({ ConEmuTask }) => ConEmuTask === '{cmd::Cmder}',
  ({ TERM_PROGRAM = '' }) => ['Terminus-Sublime', 'vscode'].includes(TERM_PROGRAM),
  ({ TERM = '' }) => ['xterm-256color', 'alacritty', 'rxvt-unicode', 'rxvt-unicode-256color'].includes(TERM),
  ({ TERMINAL_EMULATOR }) => TERMINAL_EMULATOR === 'JetBrains-JediTerm',
];
