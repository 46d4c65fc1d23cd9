import type { NameRules } from '../catalog/schema.ts';
import type { Ami } from '../model/index.ts';
import type { FamilyMatch } from './identify-family.ts';
import type { OnDisk } from './on-disk.ts';
import type { Publisher } from './publisher.ts';
import type { Billing } from './read-billing.ts';
import type { TextHint } from './text-hints.ts';

/** Everything that was gathered about one AMI, before any value is decided. */
export interface Clues {
  readonly ami: Ami;
  readonly ancestry: readonly Ami[];
  readonly rules: NameRules;
  readonly matches: readonly FamilyMatch[];
  /** Who published the AMI, where its name is none of the publisher's known ones. */
  readonly publisher: Publisher | undefined;
  /** Empty where the publisher is known: its own texts say no more than its name. */
  readonly hints: readonly TextHint[];
  readonly billing: Billing;
  readonly onDisk: OnDisk;
}
