import type { AmiFamily, NameRules } from '../catalog/schema.ts';
import type { Ami, Finding } from '../model/index.ts';
import { readable } from './ami-record.ts';
import type { Clues } from './clues.ts';
import { asList, type Clue, decide } from './decide.ts';
import { distroOf } from './distro.ts';
import { clueFrom } from './identify-family.ts';
import { type TextHint, textsOf } from './text-hints.ts';

/** The version of the distribution that was decided: clues that speak of another distribution are left out. */
export function findVersion({ ami, matches, hints, rules, onDisk }: Clues, distro: string | undefined): Finding<string> {
  const families = matches
    .filter(({ family, groups }) => distroOf(family, groups) === distro)
    .flatMap((match) =>
      asList(capturedVersion(match, rules) ?? ownVersion(match.family, distro)).map((version) => clueFrom(match, version)),
    );
  const hinted = hints.filter(({ family }) => family.distro === distro).flatMap((hint) => fromHint(hint, rules));
  const seen = onDisk.distro.some(({ value }) => value === distro) ? onDisk.version : [];
  const clues = [...seen, ...families, ...hinted];
  return decide(clues.length > 0 ? clues : fromDistTag(ami, distro), sameVersion);
}

const TAGGED: ReadonlySet<string> = new Set(['rhel', 'centos', 'rocky', 'almalinux', 'oraclelinux']);
const DIST_TAG = /(?<![a-z0-9])el(?<version>[5-9]|10)(?![a-z0-9])/i;

/** The release by the tag that packages of the Red Hat family carry (el9), where the distribution is known by something else. */
function fromDistTag(ami: Ami, distro: string | undefined): readonly Clue<string>[] {
  if (distro === undefined || !TAGGED.has(distro)) return [];
  return textsOf(ami).flatMap(({ from, text }) =>
    asList(DIST_TAG.exec(text)?.groups?.version).map(
      (value): Clue<string> => ({ value, from, observed: readable(text), confidence: 'low' }),
    ),
  );
}

/** True when one version is the other or a point release of it: 8 and 8.2 agree, 8 and 9 do not. */
export function sameVersion(a: string, b: string): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  return longer === shorter || longer.startsWith(`${shorter}.`);
}

/** A text that names the distribution alone does not speak of the version that its family has. */
function fromHint(hint: TextHint, rules: NameRules): readonly Clue<string>[] {
  const { family, from, observed } = hint;
  return asList(capturedVersion(hint, rules)).map((value) => ({
    value,
    from,
    observed,
    confidence: 'low',
    source: `catalog/amis/${family.id}`,
  }));
}

function capturedVersion({ family, groups }: Pick<TextHint, 'family' | 'groups'>, { versionNames }: NameRules): string | undefined {
  const names = versionNames.get(family.distro ?? '') ?? {};
  const { version = names[groups.codename?.toLowerCase() ?? ''], minor, versionSuffix } = groups;
  if (version === undefined) return undefined;
  // People write 79 for 7.9.
  if (minor !== undefined) return `${version}.${minor}`;
  const known = names[version.toLowerCase()] ?? version;
  return versionSuffix === undefined ? known : `${known} ${versionSuffix.toUpperCase()}`;
}

/** The version that a whole family has; it belongs to the family's own distribution only. */
function ownVersion({ distro, version }: AmiFamily, decided: string | undefined): string | undefined {
  return distro === decided ? version : undefined;
}
