import type { OfferedBase, Source } from './option.ts';
import { baseWords, compareVariants, lostWords } from './variant.ts';

/** Something that people pay for or rely on, which a base lacks. */
export interface Loss {
  /** What `accept.without` in the manifest names. */
  readonly word: string;
  readonly consequence: string;
}

/** The AMI's words that people pay for or rely on and that the base lacks; another version of SQL Server is one. */
export function lossesOn(base: OfferedBase, { variant, vocabulary, productVersion }: Source): readonly Loss[] {
  const { missing } = compareVariants(variant, baseWords(base, vocabulary));
  const lost = lostWords(missing, variant, vocabulary).map((word) => {
    const meaning = vocabulary.words.get(word);
    return { word, consequence: `${meaning?.title ?? word}: ${meaning?.without ?? 'it is not in the image'}` };
  });
  const offered = base.productVersion;
  if (productVersion === undefined || offered === undefined || offered.startsWith(productVersion)) return lost;
  const consequence = `SQL Server ${offered} instead of ${productVersion}: databases are upgraded when attached, and do not go back`;
  return [...lost, { word: `sql-${productVersion}`, consequence }];
}
