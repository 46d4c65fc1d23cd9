import { BootMode, type Finding } from '../model/index.ts';
import { isFullRecord } from './ami-record.ts';
import type { Clues } from './clues.ts';
import { type Clue, decide } from './decide.ts';
import { bestMatch } from './identify-family.ts';
import { bootsAlike } from './on-disk.ts';

const RULE =
  'awsdocs/amazon-ec2-user-guide, ami-boot-mode: an AMI without a boot mode boots legacy BIOS on Intel and AMD, UEFI on Graviton';

/**
 * The boot mode of the AMI: what its disk can start from, where that was read. Else by its record: a full record without one states no capability: legacy BIOS on x86 at medium confidence, UEFI on arm64, which
 * has nothing else. In a selection of fields its absence says nothing, and the AMI's family answers where its boot mode is certain.
 */
export function findBootMode(clues: Clues): Finding<BootMode> {
  const { ami, onDisk } = clues;
  if (ami.architecture?.endsWith('_mac')) return decide<BootMode>([]);
  const stated = BootMode.safeParse(ami.bootMode);
  if (stated.success) {
    return decide([...onDisk.bootMode, { value: stated.data, from: 'BootMode', observed: stated.data, confidence: 'high' }], bootsAlike);
  }
  const recorded = isFullRecord(ami) ? absent(ami.architecture) : [];
  return decide([...onDisk.bootMode, ...recorded, ...ofFamily(clues)], onDisk.bootMode.length > 0 ? bootsAlike : undefined);
}

function absent(architecture: string | undefined): readonly Clue<BootMode>[] {
  const arm = architecture === 'arm64';
  const observed = arm ? 'absent on arm64' : 'absent on x86: capability not stated';
  return [{ value: arm ? 'uefi' : 'legacy-bios', from: 'BootMode', observed, confidence: arm ? 'high' : 'medium', source: RULE }];
}

function ofFamily({ ami, matches }: Clues): readonly Clue<BootMode>[] {
  const best = bestMatch(matches);
  if (best?.family.bootModeConfidence !== 'high' || best.inherited) return [];
  const arm = /^(?:arm64|aarch64)$/i.test(ami.architecture ?? best.groups.arch ?? '');
  const value = arm ? best.family.bootMode.arm64 : best.family.bootMode.x86_64;
  return value === undefined
    ? []
    : [{ value, from: 'Name', observed: best.observed, confidence: 'low', source: `catalog/amis/${best.family.id}` }];
}
