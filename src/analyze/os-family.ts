import type { Ami, Finding, OsFamily } from '../model/index.ts';
import { isFullRecord } from './ami-record.ts';
import type { Clues } from './clues.ts';
import { type Clue, decide } from './decide.ts';
import { clueFrom } from './identify-family.ts';

/** Systems that EC2 does not tell from Linux. */
const OTHER_UNIX: ReadonlySet<OsFamily> = new Set(['bsd', 'macos']);

/** The operating system family: by what its disk says, else from the platform, the processor, the billing code and the AMI's family; last from the absence of a platform. */
export function findOsFamily({ ami, matches, publisher, hints, billing, onDisk }: Clues): Finding<OsFamily> {
  const stated = [...fromPlatform(ami), ...fromProcessor(ami)];
  const families = matches.flatMap((match) => (match.family.osFamily ? [clueFrom(match, match.family.osFamily)] : []));
  const parts = billing.kind === 'known' ? billing.parts : [];
  const billed = parts.flatMap(({ osFamily, usageOperation }): Clue<OsFamily>[] =>
    osFamily ? [{ value: osFamily, from: 'UsageOperation', observed: usageOperation, confidence: 'high' }] : [],
  );
  const known = [...onDisk.osFamily, ...stated, ...families, ...fromPublisher(publisher), ...billed];
  const clues = [...known, ...(known.some(({ value }) => OTHER_UNIX.has(value)) ? [] : fromAbsentPlatform(ami))];
  return decide(clues.length > 0 ? clues : hints.flatMap(fromHint));
}

function fromPublisher(publisher: Clues['publisher']): readonly Clue<OsFamily>[] {
  const value = publisher?.families[0]?.osFamily;
  return publisher === undefined || value === undefined
    ? []
    : [{ value, from: publisher.from, observed: publisher.owner, confidence: 'medium' }];
}

function fromPlatform({ platform, platformDetails }: Ami): readonly Clue<OsFamily>[] {
  const fields = [
    { from: 'Platform', observed: platform ?? '' },
    { from: 'PlatformDetails', observed: platformDetails ?? '' },
  ];
  return fields.filter(({ observed }) => /^windows/i.test(observed)).map((field) => ({ ...field, value: 'windows', confidence: 'high' }));
}

function fromProcessor({ architecture }: Ami): readonly Clue<OsFamily>[] {
  return architecture?.endsWith('_mac') ? [{ value: 'macos', from: 'Architecture', observed: architecture, confidence: 'high' }] : [];
}

/** EC2 sets a platform for Windows only; what is left is Linux, but for the few BSD and macOS families that the catalog knows by name. */
function fromAbsentPlatform(ami: Ami): readonly Clue<OsFamily>[] {
  if (fromPlatform(ami).length > 0) return [];
  if (ami.platformDetails !== undefined)
    return [{ value: 'linux', from: 'PlatformDetails', observed: ami.platformDetails, confidence: 'medium' }];
  return isFullRecord(ami) ? [{ value: 'linux', from: 'Platform', observed: 'absent', confidence: 'medium' }] : [];
}

function fromHint({ family, from, observed }: Clues['hints'][number]): readonly Clue<OsFamily>[] {
  return family.osFamily ? [{ value: family.osFamily, from, observed, confidence: 'low' }] : [];
}
