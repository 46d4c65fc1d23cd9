import { type Parity, ParityKind } from '../../model/index.ts';
import type { Section } from '../section.ts';

/** The line that no reader may miss where one side is the sandbox's; undefined for real images. */
export function paritySimulated({ before, after }: Pick<Parity, 'before' | 'after'>): string | undefined {
  return before.simulated || after.simulated ? 'simulated: one of the two is the sandbox’s' : undefined;
}

/** What of either side could not be read, so that nothing is said of it. */
export function unreadSection({ unread }: Pick<Parity, 'unread'>): Section {
  return {
    title: 'could not be read',
    columns: ['side', 'place', 'reason'],
    rows: unread.map(({ side, place, reason }) => [side, place, reason]),
  };
}

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
