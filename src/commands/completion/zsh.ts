import { shellWord } from '../../guest/quote.ts';
import type { CompletedVerb } from './table.ts';

/** Completion for zsh, with what each word is for. */
export function zshCompletion(verbs: readonly CompletedVerb[]): string {
  return `#compdef regild
# regild: source <(regild completion zsh), behind compinit
_regild() {
  local -a described
  if (( CURRENT == 2 )); then
    described=(${verbs.map(({ name, summary }) => described(name, summary)).join(' ')})
    _describe verb described
    return
  fi
  case "\${words[2]}:\${words[CURRENT-1]}" in
${verbs.flatMap(valueCases).join('\n')}
  esac
  case "\${words[2]}" in
${verbs.map(verbCase).join('\n')}
  esac
}
compdef _regild regild
`;
}

/** An item of _describe: a colon ends the word. */
function described(word: string, description: string): string {
  return shellWord(`${word.replaceAll('\\', '\\\\').replaceAll(':', '\\:')}:${description}`);
}

function valueCases({ name, options }: CompletedVerb): readonly string[] {
  return options
    .filter(({ value }) => value !== 'none')
    .map(({ flags, value }) => {
      const patterns = flags.map((flag) => shellWord(`${name}:${flag}`)).join('|');
      const offered = value === 'any' || value === 'none' ? '_files' : `compadd -- ${value.map(shellWord).join(' ')}`;
      return `    ${patterns}) ${offered}; return ;;`;
    });
}

function verbCase({ name, options, words, images }: CompletedVerb): string {
  const items = options.flatMap(({ flags, description }) => flags.map((flag) => described(flag, description)));
  return [
    `    ${shellWord(name)})`,
    ...(words.length === 0 ? [] : [`      compadd -- ${words.map(shellWord).join(' ')}`]),
    ...(images ? ['      compadd -- ${(f)"$(regild completion images 2>/dev/null)"}'] : ['      _files']),
    `      described=(${items.join(' ')})`,
    '      _describe option described ;;',
  ].join('\n');
}
