import type { AmiFamily } from '../catalog/schema.ts';
import type { Finding, OsFamily } from '../model/index.ts';
import type { Clues } from './clues.ts';
import { asList, type Clue, decide } from './decide.ts';
import { clueFrom } from './identify-family.ts';
import type { NameGroups } from './name-groups.ts';

/** The distribution: by what its disk says, else from the AMI's family, the billing code, and for a customised AMI from what its texts speak of. What would be another operating system is not believed on a name alone. */
export function findDistro({ matches, publisher, hints, billing, onDisk }: Clues, osFamily: OsFamily | undefined): Finding<string> {
  const credible = matches.filter(({ family, confidence }) => confidence !== 'low' || fits(family, osFamily));
  const families = credible.flatMap((match) => asList(distroOf(match.family, match.groups)).map((distro) => clueFrom(match, distro)));
  const parts = billing.kind === 'known' ? billing.parts : [];
  const billed = parts.flatMap(({ distro, usageOperation }): Clue<string>[] =>
    distro ? [{ value: distro, from: 'UsageOperation', observed: usageOperation, confidence: 'medium', source: 'catalog/billing' }] : [],
  );
  const hinted = hints.filter(({ family }) => fits(family, osFamily)).flatMap(fromHint);
  const clues = [...onDisk.distro, ...families, ...published(publisher), ...billed, ...hinted];
  return decide(clues.length > 0 ? clues : fromSystem(osFamily));
}

function published(publisher: Clues['publisher']): readonly Clue<string>[] {
  return publisher === undefined
    ? []
    : [{ value: publisher.distro, from: publisher.from, observed: publisher.owner, confidence: 'medium', source: 'catalog/amis' }];
}

/** A family's distribution: its own, or what its pattern captured in the name. */
export function distroOf({ distro, distroNames }: AmiFamily, groups: NameGroups): string | undefined {
  const captured = groups.distro?.toLowerCase();
  return captured === undefined ? distro : (distroNames[captured] ?? captured);
}

function fromHint({ family, from, observed }: Clues['hints'][number]): readonly Clue<string>[] {
  return asList(family.distro).map((value) => ({ value, from, observed, confidence: 'low', source: `catalog/amis/${family.id}` }));
}

function fits({ osFamily }: AmiFamily, known: OsFamily | undefined): boolean {
  return known === undefined || osFamily === undefined || osFamily === known || (known === 'linux' && osFamily === 'bsd');
}

/** Windows without a further clue is Windows Server: EC2 rents nothing else. */
function fromSystem(osFamily: OsFamily | undefined): readonly Clue<string>[] {
  if (osFamily === 'windows') return [{ value: 'windows-server', from: 'Platform', observed: 'windows', confidence: 'low' }];
  return osFamily === 'macos' ? [{ value: 'macos', from: 'Architecture', observed: 'a Mac processor', confidence: 'medium' }] : [];
}
