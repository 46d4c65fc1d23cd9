import { firstFew, type ImageReport, type ImageSpec, type Issue, SHARING_ANSWERS } from '../model/index.ts';

/** A word that agrees to a change, and where somebody wrote it. */
export interface StatedAnswer {
  readonly word: string;
  /** For example `--accept` or `accept.without`. */
  readonly from: string;
}

type Stated = Pick<ImageSpec, 'name' | 'accept'>;

/**
 * What `--accept` says and, where every image of the manifest is worked on, what the manifest does: an answer under `defaults` is for images that a part of the fleet may
 * lack. What becomes of a shared gallery is asked where it is shared, and is left out.
 */
export function statedAnswers(flags: readonly string[], specs: readonly Stated[], isWhole: boolean): readonly StatedAnswer[] {
  const given = flags.map((word) => ({ word, from: '--accept' }));
  const written = specs.flatMap(({ accept }) =>
    (['successor', 'without', 'source'] as const).flatMap((key) => accept[key].map((word) => ({ word, from: `accept.${key}` }))),
  );
  const all = new Map([...given, ...(isWhole ? written : [])].map((one) => [`${one.from} ${one.word}`, one]));
  return [...all.values()].filter(({ word }) => !SHARING_ANSWERS.some((answer) => answer === word));
}

/** Answers to what no image asks: a misspelt word, or one that was needed once. Nothing is said while an image has no base yet, and so no questions. */
export function unusedAnswers(stated: readonly StatedAnswer[], images: readonly Pick<ImageReport, 'match'>[]): readonly Issue[] {
  if (images.length === 0 || images.some(({ match }) => match === undefined)) return [];
  const asked = [...new Set(images.flatMap(({ match }) => (match?.questions ?? []).flatMap(wordsOf)))].toSorted();
  const hint = asked.length === 0 ? 'take it out: nothing is asked' : `take it out, or write what is asked: ${firstFew(asked, 8)}`;
  return stated
    .filter(({ word }) => !asked.includes(word))
    .map(({ word, from }) => ({
      severity: 'warning',
      code: 'ANSWER_UNUSED',
      message: `${from} says ${JSON.stringify(word)}, which no image of this run asks`,
      hint,
    }));
}

/** What would answer a question about a change, whether it is answered or not. */
function wordsOf({ answerWith, options, answer }: NonNullable<ImageReport['match']>['questions'][number]): readonly string[] {
  if (!answerWith.startsWith('accept.')) return [];
  return [...options.map(({ value }) => value), ...(answer?.split(', ') ?? [])];
}
