import { shellWord } from '../../guest/quote.ts';
import type { CompletedVerb } from './table.ts';

/** Completion for bash. Candidates are compared as text: `compgen -W` would expand what stands in them. */
export function bashCompletion(verbs: readonly CompletedVerb[]): string {
  return `# regild: source <(regild completion bash)
_regild() {
  local word=\${COMP_WORDS[COMP_CWORD]} verb=\${COMP_WORDS[1]} before=\${COMP_WORDS[COMP_CWORD-1]} images= candidate
  local -a candidates=()
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    candidates=(${words(verbs.map(({ name }) => name))})
  else
    case $verb:$before in
${verbs.flatMap(valueCases).join('\n')}
      *)
        case $verb in
${verbs.map(verbCase).join('\n')}
        esac ;;
    esac
  fi
  if [[ $images ]]; then
    while IFS= read -r candidate; do candidates+=("$candidate"); done < <(regild completion images 2>/dev/null)
  fi
  for candidate in "\${candidates[@]}"; do
    if [[ $candidate == "$word"* ]]; then COMPREPLY+=("$candidate"); fi
  done
}
complete -o default -F _regild regild
`;
}

function words(texts: readonly string[]): string {
  return texts.map(shellWord).join(' ');
}

function valueCases({ name, options }: CompletedVerb): readonly string[] {
  return options
    .filter(({ value }) => value !== 'none')
    .map(({ flags, value }) => {
      const patterns = flags.map((flag) => shellWord(`${name}:${flag}`)).join('|');
      return `      ${patterns}) candidates=(${words(value === 'any' || value === 'none' ? [] : value)}) ;;`;
    });
}

function verbCase({ name, options, words: fixed, images }: CompletedVerb): string {
  const flags = options.flatMap((option) => option.flags);
  return `          ${shellWord(name)}) candidates=(${words([...fixed, ...flags])})${images ? ' images=1' : ''} ;;`;
}
