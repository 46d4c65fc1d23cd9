import type { Architecture, Finding } from '../model/index.ts';
import type { Clues } from './clues.ts';
import { type Clue, decide } from './decide.ts';
import { bestMatch } from './identify-family.ts';

/** EC2's word, or a name's, -> Azure's. A 32-bit AMI has no like on Azure; x64 is what it must be rebuilt for. */
const WORDS: Readonly<Record<string, Architecture>> = {
  x86_64: 'x64',
  x86_64_v2: 'x64',
  amd64: 'x64',
  '64bit': 'x64',
  arm64: 'arm64',
  aarch64: 'arm64',
  arm: 'arm64',
  i386: 'x64',
  i686: 'x64',
  '32bit': 'x64',
};
const NARROW: ReadonlySet<string> = new Set(['i386', 'i686', '32bit']);

/** The processor architecture in Azure's words; unknown for Macs, which Azure does not have. */
export function findArchitecture({ ami, matches, onDisk }: Clues): Finding<Architecture> {
  const seen = onDisk.architecture;
  const stated = ami.architecture;
  if (stated !== undefined) return decide([...seen, ...clue(stated, 'Architecture', 'high')]);
  const best = bestMatch(matches);
  return decide([...seen, ...(best?.groups.arch === undefined ? [] : clue(best.groups.arch, 'Name', best.confidence))]);
}

/** True when the AMI says, in its record or its name, that it holds a 32-bit system. */
export function isNarrow({ ami, matches }: Clues): boolean {
  return NARROW.has((ami.architecture ?? bestMatch(matches)?.groups.arch ?? '').toLowerCase());
}

function clue(word: string, from: string, confidence: Clue<Architecture>['confidence']): readonly Clue<Architecture>[] {
  const value = WORDS[word.toLowerCase()];
  return value === undefined ? [] : [{ value, from, observed: word, confidence: NARROW.has(word.toLowerCase()) ? 'low' : confidence }];
}
