import type { OfferedBase, Option, Source, Wishes } from './option.ts';
import { baseWords, compareVariants, otherProduct } from './variant.ts';

/** Why a base cannot carry the image at all; undefined when it can. */
export interface Rejection {
  readonly code: 'ARCHITECTURE' | 'GENERATION' | 'SECURITY' | 'CONTROLLER' | 'PRODUCT';
  readonly reason: string;
}

export function rejectionOf({ base }: Option, source: Source, wishes: Wishes): Rejection | undefined {
  if (source.architecture !== undefined && base.architecture !== source.architecture) {
    return { code: 'ARCHITECTURE', reason: `it is ${base.architecture}, the AMI is ${source.architecture}` };
  }
  return wrongGeneration(base.generation, source, wishes) ?? (wishes.base === 'auto' ? wrongProduct(base, source) : undefined);
}

function wrongGeneration(generation: 'V1' | 'V2', { bootMode }: Source, wishes: Wishes): Rejection | undefined {
  if (wishes.generation !== 'auto' && wishes.generation !== generation) {
    return { code: 'GENERATION', reason: `it is generation ${generation}, images.yaml asks for ${wishes.generation}` };
  }
  if (generation === 'V2') return undefined;
  if (bootMode === 'uefi') return { code: 'GENERATION', reason: 'it is generation V1, which boots BIOS; the AMI boots UEFI only' };
  if (wishes.security !== 'auto' && wishes.security !== 'Standard') {
    return { code: 'SECURITY', reason: `it is generation V1, ${wishes.security} needs V2` };
  }
  if (wishes.controllers !== 'auto' && wishes.controllers.includes('NVMe')) {
    return { code: 'CONTROLLER', reason: 'it is generation V1, an NVMe disk controller needs V2' };
  }
  return undefined;
}

function wrongProduct(base: OfferedBase, source: Source): Rejection | undefined {
  const { variant, vocabulary } = source;
  const word = otherProduct(variant, compareVariants(variant, baseWords(base, vocabulary)), vocabulary);
  return word === undefined ? undefined : { code: 'PRODUCT', reason: `it is the ${base.variant} variant, which the AMI is not` };
}
