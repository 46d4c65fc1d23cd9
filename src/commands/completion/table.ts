import type { Option, Command as Program } from 'commander';

/** What can be typed behind `regild`, as the command line itself knows it. */
export interface CompletedVerb {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** Fixed words that its first argument may be, sub-verbs among them. */
  readonly words: readonly string[];
  /** Whether it takes names of images. */
  readonly images: boolean;
}

export interface CompletedOption {
  /** `--manifest` and, where there is one, `-f`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** `none` = it stands alone, `any` = a text or file follows, else one of these words. */
  readonly value: 'none' | 'any' | readonly string[];
}

/** Arguments that are, or may be, names of images. */
const IMAGES: readonly string[] = ['images', 'image', 'subject'];

/** The verbs of a command line on which every verb is defined. */
export function completedVerbs(program: Program): readonly CompletedVerb[] {
  return program.commands.map((verb) => {
    const [first] = verb.registeredArguments;
    return {
      name: verb.name(),
      summary: verb.description(),
      options: [verb, ...verb.commands]
        .flatMap(({ options }) => options)
        .filter(isFirst)
        .map(toOption),
      words: [...verb.commands.map((one) => one.name()), ...(first?.argChoices ?? [])],
      images: IMAGES.includes(first?.name() ?? ''),
    };
  });
}

/** Sub-verbs share options. */
function isFirst({ flags }: Option, index: number, all: readonly Option[]): boolean {
  return all.findIndex((option) => option.flags === flags) === index;
}

/** Where a value may be left out, what else can follow is offered. */
function toOption({ long, short, description, argChoices, required }: Option): CompletedOption {
  const flags = [long, short].flatMap((flag) => flag ?? []);
  return { flags, description, value: argChoices ?? (required ? 'any' : 'none') };
}
