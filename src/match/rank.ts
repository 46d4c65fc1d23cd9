import { type Candidate, type Confidence, compareText, compareVersions, type Reason, versionNumbers, weakest } from '../model/index.ts';
import { differencesOf, otherSystem } from './differences.ts';
import { lossesOn } from './losses.ts';
import type { Option, Source, Wishes } from './option.ts';
import { type Rejection, rejectionOf } from './reject.ts';
import { reasonsFor } from './score.ts';
import { baseWords, compareVariants, isSlight } from './variant.ts';

/** An option that can carry the image, with its score. */
export interface Ranked {
  readonly option: Option;
  readonly candidate: Candidate;
}

/** An option that cannot, or that a better one makes needless. */
export interface Refused {
  readonly option: Option;
  readonly code: Rejection['code'] | 'OUTRANKED' | 'GONE' | 'DEPRECATED' | 'SYSTEM';
  readonly reason: string;
}

export interface Ranking {
  /** Best first; equal scores in the order of their URNs. */
  readonly ranked: readonly Ranked[];
  readonly refused: readonly Refused[];
}

/** Everything that judging one option takes. */
export interface Question {
  readonly source: Source;
  readonly wishes: Wishes;
  /** ISO date that decides what is past its support. */
  readonly today: string;
}

/** How many bases of the AMI's own release stay candidates; of a successor, the best one does. */
const KEPT = 5;

/** Judges every option, sorts them, and thins out what nobody would choose. */
export function rank(options: readonly Option[], question: Question): Ranking {
  const judged = options.map((option) => scored(option, question));
  const sorted = judged.filter((item): item is Scored => 'score' in item).toSorted(byPoints);
  const refused = judged.filter((item): item is Refused => !('score' in item));
  const groups = [...Map.groupBy(sorted, ({ option }) => option.release).values()];
  const kept = new Set(groups.flatMap((group) => group.filter(({ option }, place) => place < room(option))));
  const outranked = groups.flatMap((group) => group.filter((item) => !kept.has(item)).map((item) => outrankedBy(item, group[0])));
  const ranked = sorted.filter((item) => kept.has(item)).map((item) => completed(item, question));
  return { ranked, refused: byUrn([...refused, ...outranked]) };
}

function byUrn(refused: readonly Refused[]): readonly Refused[] {
  const keyed = refused.map((item) => ({ item, key: urnKey(item.option) }));
  return keyed.toSorted((a, b) => compareText(a.key, b.key)).map(({ item }) => item);
}

/** One option as a scored candidate, or the reason why it cannot carry the image. */
export function judge(option: Option, question: Question): Ranked | Refused {
  const judged = scored(option, question);
  return 'score' in judged ? completed(judged, question) : judged;
}

/** An option with its points: what sorting takes. Only those that stay candidates are described in full. */
interface Scored {
  readonly option: Option;
  readonly reasons: readonly Reason[];
  readonly score: number;
}

function scored(option: Option, { source, wishes, today }: Question): Scored | Refused {
  const rejection = rejectionOf(option, source, wishes);
  if (rejection) return { option, ...rejection };
  const reasons = reasonsFor(option, source, today);
  return { option, reasons, score: reasons.reduce((sum, { points }) => sum + points, 0) };
}

function completed({ option, reasons, score }: Scored, { source }: Question): Ranked {
  const { base, release } = option;
  const candidate: Candidate = {
    base: base.id,
    urn: { publisher: base.publisher, offer: base.offer, sku: base.sku, version: 'latest' },
    distro: release.distro,
    version: release.version,
    generation: base.generation,
    architecture: base.architecture,
    licence: base.licence,
    plan: base.plan,
    features: base.features,
    osDiskSizeGB: base.osDiskSizeGB,
    score,
    reasons,
    differences: differencesOf(option, source),
    confidence: confidenceOf(option, source),
    live: false,
  };
  return { option, candidate };
}

/** Orders by score, best first, then by URN. */
export function byScore(a: Ranked, b: Ranked): number {
  return byPoints({ ...a, ...a.candidate }, { ...b, ...b.candidate });
}

function byPoints(a: Pick<Scored, 'option' | 'score'>, b: Pick<Scored, 'option' | 'score'>): number {
  return b.score - a.score || compareText(urnKey(a.option), urnKey(b.option));
}

/** publisher:offer:sku of an option. */
export function urnKey({ base }: Option): string {
  return `${base.publisher}:${base.offer}:${base.sku}`;
}

function room({ road }: Option): number {
  return road.kind === 'same-release' ? KEPT : 1;
}

function outrankedBy({ option, score }: Scored, best: Scored | undefined): Refused {
  const reason = `scored ${score}; ${best ? urnKey(best.option) : 'another'} of the same release scored ${best?.score}`;
  return { option, code: 'OUTRANKED', reason };
}

/** A rebase is never more than a well-founded proposal; a guessed version or architecture is little more than a guess. */
function confidenceOf(option: Option, source: Source): Confidence {
  const { base, road } = option;
  const OF_ROAD = { 'same-release': 'high', successor: 'medium', 'version-guessed': 'low', 'chosen-by-user': 'high' } as const;
  const architecture = source.architecture === undefined ? 'low' : 'high';
  const point = isOlderPoint(base, source) ? 'medium' : 'high';
  const system = otherSystem(option, source).length === 0 ? 'high' : 'medium';
  return weakest(
    OF_ROAD[road.kind],
    system,
    source.confidence,
    base.confidence ?? 'high',
    architecture,
    point,
    variantConfidence(base, source),
  );
}

/** A base that holds on to an older point release takes back what the AMI has. */
function isOlderPoint({ version }: Option['base'], source: Source): boolean {
  return (
    version !== undefined && source.version !== undefined && compareVersions(versionNumbers(version), versionNumbers(source.version)) < 0
  );
}

/** A product that is lost leaves a proposal that somebody must look at; another set of packages is not the same image either. */
function variantConfidence(base: Option['base'], source: Source): Confidence {
  const { variant, vocabulary } = source;
  const { missing, extra } = compareVariants(variant, baseWords(base, vocabulary));
  if (lossesOn(base, source).length > 0) return 'low';
  return [...missing, ...extra].every((word) => isSlight(word, variant, vocabulary) && vocabulary.words.get(word)?.kind !== 'packages')
    ? 'high'
    : 'medium';
}
