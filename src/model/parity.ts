import * as z from 'zod';
import { InventorySource } from './inventory.ts';
import { artifact, list, record } from './schema.ts';

/** What is compared, in the order of the report. */
export const ParityKind = z.enum([
  'system',
  'package',
  'service',
  'feature',
  'driver',
  'task',
  'hotfix',
  'cron',
  'account',
  'sudo',
  'setting',
  'content',
  'container',
  'component',
]);
export type ParityKind = z.infer<typeof ParityKind>;

/** `expected` = it belongs to the move, `explained` = a reason is known, `unexplained` = nobody can say why. */
export const ParityVerdict = z.enum(['unexplained', 'explained', 'expected']);
export type ParityVerdict = z.infer<typeof ParityVerdict>;

/** One thing that is not the same in two images. */
export const Difference = record({
  kind: ParityKind,
  name: z.string(),
  /** `missing` = only the first image has it, `added` = only the second. */
  change: z.enum(['missing', 'changed', 'added']),
  before: z.string().optional(),
  after: z.string().optional(),
  verdict: ParityVerdict,
  reason: z.string(),
});
export type Difference = z.infer<typeof Difference>;

/** What arrived in the new image of what the AMI held, losses first. */
export const Parity = artifact('Parity', {
  before: InventorySource,
  after: InventorySource,
  differences: list(Difference),
  /** How many items of each kind are the same in both. */
  equal: z.record(z.string(), z.number().int()).readonly(),
  /** What could not be read in one of the two, so that nothing is said of it. */
  unread: list(record({ side: z.enum(['before', 'after']), place: z.string(), reason: z.string() })),
});
export type Parity = z.infer<typeof Parity>;

/** Losses and changes that nobody can say a reason for: what `parity: block` stops at. */
export function unexplainedLosses({ differences }: Pick<Parity, 'differences'>): readonly Difference[] {
  return differences.filter(({ verdict, change }) => verdict === 'unexplained' && change !== 'added');
}
