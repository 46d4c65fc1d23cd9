import { type Confidence, type Evidence, type Finding, lowered, stronger } from '../model/index.ts';

/** One observation with the value it speaks for, before it is written down as text. */
export interface Clue<Value extends string | boolean> {
  readonly value: Value;
  readonly from: string;
  readonly observed: string;
  readonly confidence: Confidence;
  readonly source?: string | undefined;
  /** Seen in the machine itself: what others say of it makes it no less sure. */
  readonly settles?: true;
}

/**
 * The finding that follows from all clues: the strongest one wins, the earlier one among equals. A clue that contradicts it costs one
 * step of confidence, so that nothing contradicted is ever `high` but what was seen in the machine itself; two contradicting `low` clues leave the value
 * unknown.
 */
export function decide<Value extends string | boolean>(
  clues: readonly Clue<Value>[],
  agree: (a: Value, b: Value) => boolean = (a, b) => a === b,
): Finding<Value> {
  const evidence = clues.map(toEvidence);
  const best = clues.reduce<Clue<Value> | undefined>(
    (found, clue) => (found && !stronger(clue.confidence, found.confidence) ? found : clue),
    undefined,
  );
  if (best === undefined || best.confidence === 'none') return { confidence: 'none', evidence };
  const contradicted = !best.settles && clues.some((clue) => clue.confidence !== 'none' && !agree(clue.value, best.value));
  const confidence = contradicted ? lowered(best.confidence) : best.confidence;
  return confidence === 'none' ? { confidence, evidence } : { value: best.value, confidence, evidence };
}

/** True when a finding holds clues that speak for different values. */
export function isContradicted(finding: Finding<unknown>, agree: (a: string, b: string) => boolean = (a, b) => a === b): boolean {
  const values = finding.evidence.filter(({ confidence }) => confidence !== 'none').map(({ suggests }) => suggests);
  return values.some((value) => !agree(value, values[0] ?? value));
}

function toEvidence({ from, observed, value, confidence, source }: Clue<string | boolean>): Evidence {
  return { from, observed, suggests: String(value), confidence, ...(source === undefined ? {} : { source }) };
}

/** A value that may be absent, as a list of one or none. */
export function asList<Value>(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}
