import type { Finding } from '../model/index.ts';
import { readable } from './ami-record.ts';
import type { Clues } from './clues.ts';
import { asList, type Clue, decide } from './decide.ts';
import { clueFrom } from './identify-family.ts';
import { textsOf } from './text-hints.ts';

/** The language of a Windows AMI in small letters (`portuguese-brazil`): by its own or its ancestor's name, else by what its texts say; undefined where nothing names one. */
export function findLanguage(clues: Clues, osFamily: string | undefined): Finding<string> | undefined {
  if (osFamily !== 'windows') return undefined;
  const named = clues.matches.flatMap((match) =>
    asList(match.groups.language).map((word) => clueFrom(match, word.toLowerCase().replaceAll('_', '-'))),
  );
  const found = named.length > 0 ? named : written(clues);
  return found.length === 0 ? undefined : decide(found);
}

function written({ ami, rules: { languages } }: Clues): readonly Clue<string>[] {
  return textsOf(ami).flatMap(({ from, text }) => {
    const words = readable(text)
      .toLowerCase()
      .split(/[^a-z]+/);
    const value = languages.find((language) => language.split('-').every((word) => words.includes(word)));
    return value === undefined ? [] : [{ value, from, observed: readable(text), confidence: 'low', source: 'catalog/variants/language' }];
  });
}
