import type { Catalog, LicenceChoice } from '../catalog/schema.ts';
import type { Candidate, Issue, Question } from '../model/index.ts';
import type { OfferedBase, Wishes } from './option.ts';
import { baseWords } from './variant.ts';

/** The choices that cost money or change a contract on this base, with the user's answer where it is one of the options. */
export function licenceQuestions(candidate: Candidate, base: OfferedBase, wishes: Wishes, catalog: Catalog): readonly Question[] {
  const { vocabulary } = catalog.index;
  const words = baseWords(base, vocabulary);
  const paid = [...words].some((word) => vocabulary.words.get(word)?.free) ? new Set<string>() : words;
  return catalog.licenceChoices.filter((choice) => concerns(choice, candidate, paid)).map((choice) => questionFor(choice, wishes));
}

/** `paid` are the words of a base that somebody bills for: nobody supplies a licence of SQL Server Express or Developer. */
function concerns({ distro, trait }: LicenceChoice, candidate: Candidate, paid: ReadonlySet<string>): boolean {
  if (distro !== undefined && distro !== candidate.distro) return false;
  return trait === undefined ? candidate.licence !== 'free' : paid.has(trait);
}

function questionFor({ text, options }: LicenceChoice, { licence }: Wishes): Question {
  return {
    code: 'LICENCE_CHOICE',
    text,
    options: options.map(({ value, consequence }) => ({ value, consequence })),
    answerWith: 'licence',
    answer: options.find(({ value }) => value === licence)?.value,
  };
}

/** One blocking issue for each question that the user has not answered, or answered with something that is no option. */
export function unanswered(questions: readonly Question[], wishes: Wishes, image: string): readonly Issue[] {
  return questions
    .filter(({ answer }) => answer === undefined)
    .map(({ text, options }) => ({
      severity: 'question',
      code: 'LICENCE_CHOICE',
      message: wishes.licence === undefined ? lowerFirst(text) : `licence ${wishes.licence} is no answer here: ${lowerFirst(text)}`,
      hint: `set \`licence:\` for ${image} in images.yaml: ${options.map(({ value, consequence }) => `${value} = ${consequence}`).join(' ')}`,
      image,
    }));
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
