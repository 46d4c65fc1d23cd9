import type { Catalog } from '../../catalog/schema.ts';
import type { Proposal, ProposedStep } from '../../model/index.ts';

/** What a proposal is made for. */
export interface ProposalContext {
  /** The system of the base, as os-release names it. */
  readonly target: Proposal['target'];
  readonly catalog: Pick<Catalog, 'components' | 'contentRules' | 'packageNames' | 'parityRules'>;
  /** Folder for the files, relative to the manifest, for example `content/web-golden`. */
  readonly folder: string;
}

/** A part of a proposal: steps in their order, what they cannot carry, and how many items are replaced on purpose. */
export interface Part {
  readonly kind: string;
  readonly steps: readonly ProposedStep[];
  readonly carried: number;
  readonly replaced: number;
  readonly left: Proposal['left'];
}
