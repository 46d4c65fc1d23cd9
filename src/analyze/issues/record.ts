import type { Ami, Issue } from '../../model/index.ts';
import { isNarrow } from '../architecture.ts';
import type { Clues } from '../clues.ts';
import { bestMatch } from '../identify-family.ts';
import { amiWord } from './wording.ts';

/** Issues that follow from the AMI's own record: how it boots, how old it is. */
export function recordIssues(clues: Clues, now: Date): readonly Issue[] {
  return [...narrow(clues), ...paravirtual(clues), ...deprecated(clues.ami, now), ...disabled(clues.ami)];
}

function narrow(clues: Clues): readonly Issue[] {
  if (!isNarrow(clues)) return [];
  return [
    {
      severity: 'warning',
      code: 'SOURCE_32_BIT',
      message: `${amiWord(clues.ami)} holds a 32-bit system, which no Azure base offers`,
      hint: 'rebuild for x64: 32-bit packages and binaries need their 64-bit counterparts',
    },
  ];
}

function paravirtual({ ami, matches }: Clues): readonly Issue[] {
  const named = bestMatch(matches)?.groups.virtualization;
  if (!/^(?:paravirtual|pvm?)$/i.test(ami.virtualization ?? named ?? '')) return [];
  return [
    {
      severity: 'warning',
      code: 'PARAVIRTUAL',
      message: `${amiWord(ami)} is paravirtual: its disk has no boot loader that Azure could use`,
      hint: 'only a rebuild on a clean base is possible; the disk itself cannot be carried over',
    },
  ];
}

function deprecated(ami: Ami, now: Date): readonly Issue[] {
  if (ami.deprecated === undefined || !(Date.parse(ami.deprecated) <= now.getTime())) return [];
  return [
    {
      severity: 'info',
      code: 'DEPRECATED_AMI',
      message: `${amiWord(ami)} is deprecated since ${ami.deprecated.slice(0, 10)}`,
      hint: 'EC2 hides deprecated AMIs from searches: name it by id, or move to its successor',
    },
  ];
}

function disabled(ami: Ami): readonly Issue[] {
  if (ami.state === undefined || ami.state === 'available') return [];
  return [
    {
      severity: 'warning',
      code: 'AMI_NOT_AVAILABLE',
      message: `${amiWord(ami)} is in the state ${JSON.stringify(ami.state)}, so no instance can be launched from it`,
      hint: 'the analysis and the rebuild do not need an instance; a comparison with the running machine does',
    },
  ];
}
