import type { Ami, Finding } from '../model/index.ts';
import type { Clues } from './clues.ts';
import { asList, type Clue, decide } from './decide.ts';
import { clueFrom, type FamilyMatch } from './identify-family.ts';
import { sqlServerIn } from './sql-server-text.ts';
import type { TextHint } from './text-hints.ts';

/**
 * What sets the AMI apart from the plain image: by its disk, its family's name and its billing code, together where both add something. What texts say of
 * the distribution that was decided counts where the disk was not read.
 */
export function findVariant({ ami, matches, hints, billing, onDisk }: Clues, distro: string | undefined): Finding<string> {
  const families = matches.flatMap((match) => asList(variantOf(match)).map((variant) => clueFrom(match, variant)));
  const parts = billing.kind === 'known' ? billing.parts : [];
  const billed = parts.flatMap(({ variant, usageOperation }): Clue<string>[] =>
    variant ? [{ value: variant, from: 'UsageOperation', observed: usageOperation, confidence: 'high', source: 'catalog/billing' }] : [],
  );
  const clues = [
    ...onDisk.variant,
    ...families,
    ...billed,
    ...billed.flatMap(({ value }) => versioned(value, ami)),
    ...(onDisk.variant.length > 0 ? [] : hints.filter(({ family }) => family.distro === distro).flatMap(hinted)),
  ];
  const found = decide(clues, compatible);
  const joined = clues.map(({ value }) => value).reduce(join, found.value ?? '');
  return found.value === undefined ? found : { ...found, value: joined };
}

/** A billing code tells the edition of SQL Server, a text its version. */
function versioned(billed: string, ami: Ami): readonly Clue<string>[] {
  const named = billed.startsWith('sql-') ? sqlServerIn(ami) : undefined;
  if (named === undefined) return [];
  const { version, from, observed } = named;
  return [{ value: `sql-${version}-${billed.slice('sql-'.length)}`, from, observed, confidence: 'low' }];
}

/** A text that names the system may name its shape beside it: Server Core. */
function hinted({ family, groups, from, observed }: TextHint): readonly Clue<string>[] {
  return asList(groups.variant?.toLowerCase()).map((value) => ({
    value,
    from,
    observed,
    confidence: 'low',
    source: `catalog/amis/${family.id}`,
  }));
}

function variantOf({ family, groups }: FamilyMatch): string | undefined {
  const { sqlVersion, sqlEdition, variant } = groups;
  if (sqlVersion !== undefined && sqlEdition !== undefined)
    return `sql-${sqlVersion.toLowerCase().replace('_', '-')}-${sqlEdition.toLowerCase()}`;
  const captured = variant?.toLowerCase();
  return captured === undefined ? family.variant : (family.variantNames[captured] ?? captured);
}

/** Two editions of SQL Server cannot both be true; everything else adds up. */
function compatible(a: string, b: string): boolean {
  return !(a.includes('sql') && b.includes('sql')) || covers(a, b) || covers(b, a);
}

function join(joined: string, next: string): string {
  if (next === 'server' || !compatible(joined, next) || covers(joined, next)) return joined;
  return joined === 'server' || joined === '' || covers(next, joined) ? next : `${joined}-${next}`;
}

function covers(whole: string, part: string): boolean {
  const words = new Set(whole.split('-'));
  return part.split('-').every((word) => words.has(word));
}
