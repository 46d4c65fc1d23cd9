import { type Parity, ParityKind } from '../../model/index.ts';
import type { Section } from '../section.ts';

/** One table per kind, in the order of the differences, which is losses first. */
export function paritySections({ differences }: Pick<Parity, 'differences'>): readonly Section[] {
  return ParityKind.options.map((kind) => ({
    title: kind,
    columns: ['verdict', 'change', 'name', 'before', 'after', 'reason'],
    rows: differences
      .filter((each) => each.kind === kind)
      .map(({ verdict, change, name, before = '', after = '', reason }) => [verdict, change, name, before, after, reason]),
  }));
}
