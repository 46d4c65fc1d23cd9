import type { ImageFacts, Issue } from '../model/index.ts';
import { formatUrn } from '../model/index.ts';
import { byScore, judge, type Question, type Ranked, type Ranking, type Refused } from './rank.ts';
import { baseWords } from './variant.ts';

/** What Azure answered about one base in the target location. */
export type Answer = { readonly kind: 'gone'; readonly reason: string } | { readonly kind: 'sold'; readonly facts: ImageFacts };

/** Asks Azure about one base; two calls at most. */
export type Ask = (ranked: Ranked) => Promise<Answer>;

/** Candidates asked about at most, two calls each; of those like the best one, so many that others are asked too. */
const ASKED_AT_MOST = 5;
const EQUALS_AT_MOST = 3;

export interface Confirmed {
  readonly ranking: Ranking;
  readonly chosen: Ranked | undefined;
  readonly issues: readonly Issue[];
}

/**
 * Asks about the best candidates, best first, until the best one left is confirmed. Live values replace the catalog's and are judged again;
 * what is gone or deprecated is refused. After a miss the next candidate of the same release and the same product comes first, of another offer
 * before one of the same: a private offer is missing as a whole. Only then comes what is another product.
 */
export async function confirmBest(ranking: Ranking, question: Question, ask: Ask): Promise<Confirmed> {
  let state: Confirmed = { ranking, chosen: undefined, issues: [] };
  const missing = new Set<string>();
  for (let asked = 0; asked < ASKED_AT_MOST; asked += 1) {
    const next = nextOf(state.ranking.ranked, asked < EQUALS_AT_MOST ? ranking.ranked[0] : undefined, missing, question);
    if (next === undefined || next.candidate.live) break;
    const answer = await ask(next);
    if (answer.kind === 'gone') missing.add(offerOf(next));
    state = apply(state, next, answer, question);
  }
  return { ...state, chosen: state.ranking.ranked.find(({ candidate }) => candidate.live) };
}

function nextOf(
  ranked: readonly Ranked[],
  best: Ranked | undefined,
  missing: ReadonlySet<string>,
  { source }: Question,
): Ranked | undefined {
  const kind = best && kindOf(best, source);
  const equals = ranked.filter((item) => kind !== undefined && kindOf(item, source) === kind);
  return firstSold(equals) ?? equals[0] ?? ranked[0];

  function firstSold(items: readonly Ranked[]): Ranked | undefined {
    return items.find((item) => !missing.has(offerOf(item)));
  }
}

/** The release and the product of a candidate: two of one kind serve alike. */
function kindOf({ option: { release, base } }: Ranked, { variant, vocabulary }: Question['source']): string {
  const offered = baseWords(base, vocabulary);
  return [release.id, ...[...variant].filter((word) => offered.has(word))].join(' ');
}

function apply({ ranking, issues, chosen }: Confirmed, asked: Ranked, answer: Answer, question: Question): Confirmed {
  const others = ranking.ranked.filter((item) => item !== asked);
  const judged = judgeLive(asked, answer, question);
  const found = answer.kind === 'sold' ? deprecation(asked, answer.facts) : [];
  if ('candidate' in judged) {
    return { chosen, ranking: { ...ranking, ranked: [...others, judged].toSorted(byScore) }, issues: [...issues, ...found] };
  }
  return { chosen, ranking: { ranked: others, refused: [...ranking.refused, judged] }, issues: [...issues, ...found] };
}

function judgeLive({ option }: Ranked, answer: Answer, question: Question): Ranked | Refused {
  if (answer.kind === 'gone') return { option, code: 'GONE', reason: answer.reason };
  const { urn, osType, architecture, generation, features, plan, deprecation } = answer.facts;
  const other = otherSystem(osType, question);
  if (other !== undefined) return { option, code: 'SYSTEM', reason: other };
  if (deprecation.state === 'Deprecated')
    return { option, code: 'DEPRECATED', reason: `version ${urn.version} is deprecated${alternative(deprecation)}` };
  const judged = judge({ ...option, base: { ...option.base, architecture, generation, features, plan } }, question);
  return 'candidate' in judged ? { ...judged, candidate: { ...judged.candidate, urn, live: true } } : judged;
}

/** An image of Windows carries no Linux machine, whoever named it. */
function otherSystem(osType: ImageFacts['osType'], { source: { osFamily } }: Question): string | undefined {
  if (osFamily === undefined || (osType === 'Windows') === (osFamily === 'windows')) return undefined;
  return `it is an image of ${osType}, the AMI is of ${osFamily}`;
}

function deprecation({ option }: Ranked, { urn, deprecation: { state, scheduled, ...rest } }: ImageFacts): readonly Issue[] {
  if (state === 'Active') return [];
  const when = state === 'Deprecated' ? 'is deprecated' : `is deprecated from ${scheduled ?? 'a date to come'} on`;
  return [
    {
      severity: 'warning',
      code: 'BASE_DEPRECATED',
      message: `${formatUrn(urn)} ${when}`,
      hint: rest.alternative ? `its publisher names ${rest.alternative} instead` : `look for a successor of ${option.base.offer}`,
    },
  ];
}

function alternative({ alternative: named }: ImageFacts['deprecation']): string {
  return named ? `; its publisher names ${named} instead` : '';
}

function offerOf({ option: { base } }: Ranked): string {
  return `${base.publisher}:${base.offer}`.toLowerCase();
}
