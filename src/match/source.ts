import type { Catalog, Vocabulary } from '../catalog/schema.ts';
import { variantWords } from '../catalog/variant-words.ts';
import { type Analysis, type Licence, weakest } from '../model/index.ts';
import type { Source, Wishes } from './option.ts';
import { nearestRelease, releaseFor } from './releases.ts';
import { familyOf } from './verdict.ts';

/** The AMI as the ranking sees it. The user's licence answer stands in for the AMI's licence; for a free AMI there was nothing to answer. */
export function sourceOf(analysis: Analysis, catalog: Catalog, wishes: Wishes): Source {
  const distro = analysis.distro.value;
  const version = analysis.version.value;
  const listed = distro !== undefined && version !== undefined ? releaseFor(catalog, distro, version) : undefined;
  const nearest = distro !== undefined && version !== undefined ? nearestRelease(catalog, distro, version) : undefined;
  const { vocabulary } = catalog.index;
  const words = variantWords(analysis.variant.value, vocabulary);
  return {
    distro,
    version,
    release: listed ?? nearest,
    listed: listed !== undefined,
    variant: new Set([...wantedWords(words, wishes, vocabulary), ...otherWords(analysis, catalog)]),
    vocabulary,
    osFamily: analysis.osFamily.value,
    architecture: analysis.architecture.value,
    bootMode: analysis.bootMode.value,
    licence: analysis.licence.value === 'free' ? 'free' : (wishes.licence ?? licenceOf(analysis, words, catalog)),
    productVersion: productVersion(words, analysis),
    accepted: wishes.accept.successor,
    confidence: weakest(analysis.distro.confidence, version === undefined ? 'low' : analysis.version.confidence),
  };
}

/** The operating system's licence: in a free one AWS bills the SQL Server, and the system stays free. */
function licenceOf({ distro, licence }: Analysis, words: ReadonlySet<string>, { releases }: Catalog): Licence | undefined {
  const own = releases.filter((release) => release.distro === distro.value);
  const isFree = own.some(({ onAzure, bases }) => !onAzure || bases.some((base) => base.licence === 'free'));
  return words.has('sql') && isFree ? 'free' : licence.value;
}

/** Ubuntu Pro is a licence by another name: who answers that none is paid through Azure, wants the free image. */
function wantedWords(words: ReadonlySet<string>, { licence }: Wishes, vocabulary: Vocabulary): readonly string[] {
  const paidElsewhere = licence === 'free' || licence === 'byos';
  const isAnswered = (word: string) => paidElsewhere && vocabulary.words.get(word)?.kind === 'entitlement';
  return [...words].filter((word) => !/^\d+$/.test(word) && !isAnswered(word));
}

/** What is in no variant: what the AMI's family always carries, another language than English, 32 bit. */
function otherWords(analysis: Analysis, catalog: Catalog): readonly string[] {
  const { language, issues } = analysis;
  return [
    ...(familyOf(analysis, catalog)?.also ?? []),
    ...(language?.value === undefined || language.value === 'english' ? [] : [language.value]),
    ...(issues.some(({ code }) => code === 'SOURCE_32_BIT') ? ['32-bit'] : []),
  ];
}

/** The SQL Server version, which AWS writes into the AMI's name as `SQL_2022_Standard`. */
function productVersion(words: ReadonlySet<string>, { ami }: Analysis): string | undefined {
  if (!words.has('sql')) return undefined;
  return [...words].find((word) => /^20\d\d$/.test(word)) ?? /SQL[_ ](20\d\d)/.exec(ami.name ?? '')?.[1];
}
