import type { CompletedOption, CompletedVerb } from './table.ts';

/** Completion for fish, with what each word is for. */
export function fishCompletion(verbs: readonly CompletedVerb[]): string {
  return `# regild: regild completion fish | source\n${verbs.flatMap(verbLines).join('\n')}\n`;
}

/** A value as one word of fish: in single quotes only `\` and `'` mean something. */
export function fishWord(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** fish reads the argument of -a a second time when it completes. */
function list(values: readonly string[]): string {
  return fishWord(values.map(fishWord).join(' '));
}

function verbLines({ name, summary, options, words, images }: CompletedVerb): readonly string[] {
  const on = `complete -c regild -n ${fishWord(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    `complete -c regild -f -n __fish_use_subcommand -a ${fishWord(name)} -d ${fishWord(summary)}`,
    ...(words.length === 0 ? [] : [`${on} -f -a ${list(words)}`]),
    ...(images ? [`${on} -f -a '(regild completion images 2>/dev/null)'`] : []),
    ...options.map((option) => `${on} ${optionWords(option)}`),
  ];
}

function optionWords({ flags, description, value }: CompletedOption): string {
  const named = flags.map((flag) => (flag.startsWith('--') ? `-l ${fishWord(flag.slice(2))}` : `-s ${fishWord(flag.slice(1))}`));
  const takes = value === 'none' ? [] : value === 'any' ? ['-r'] : ['-x', `-a ${list(value)}`];
  return [...named, ...takes, `-d ${fishWord(description)}`].join(' ');
}
