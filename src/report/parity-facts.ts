import { type ImageReport, type Parity, ParityKind, type ParityVerdict } from '../model/index.ts';
import type { Fact } from './fact.ts';

/** How much of the AMI arrived, in one line; nothing where it was not compared. */
export function parityFacts({ validation }: Pick<ImageReport, 'validation'>): readonly Fact[] {
  const parity = validation?.parity;
  if (parity === undefined) return [];
  const simulated = parity.before.simulated || parity.after.simulated ? ' (simulated)' : '';
  const verdicts = (['unexplained', 'explained', 'expected'] as const).map((verdict) => `${lossesOf(parity, verdict)} ${verdict}`);
  const equal = ParityKind.options.reduce((sum, kind) => sum + (parity.equal[kind] ?? 0), 0);
  return [{ label: 'parity', value: `missing or changed: ${verdicts.join(', ')}; the same: ${equal}${simulated}` }];
}

function lossesOf({ differences }: Parity, verdict: ParityVerdict): number {
  return differences.filter((each) => each.verdict === verdict && each.change !== 'added').length;
}
