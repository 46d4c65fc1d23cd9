import type { Analysis, BaseMatch, ImageSpec, Issue } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { conclude } from './conclude.ts';
import type { Draft } from './draft.ts';
import { parseUrn } from './fixed-base.ts';
import { type Answer, type Confirmed, confirmBest } from './live.ts';
import { lossesOn } from './losses.ts';
import { draft } from './offline.ts';
import { type Ranked, urnKey } from './rank.ts';
import { termsIssue } from './terms.ts';
import { soldChoice } from './vendor/live.ts';

export { matchOffline } from './offline.ts';
export { NO_WISHES, type Wishes } from './option.ts';

/**
 * The Marketplace base that can carry the image, pinned to an exact version, with every candidate and what spoke for and against it.
 * Asks Azure about three candidates at most, in the target's location and subscription; of a vendor's AMI, about the vendor's offers that fit. Throws what the Marketplace port throws.
 */
export async function match(spec: ImageSpec, analysis: Analysis, context: Context<'marketplace' | 'clock'>): Promise<BaseMatch> {
  const { marketplace, clock } = context.ports;
  const { subscription, location } = spec.target;
  const drafted = draft(analysis, context.catalog, spec, clock.now());
  const confirmed = await confirmBest(drafted.ranking, drafted.question, (ranked) => askAzure(ranked, spec, context));
  const plan = confirmed.chosen?.candidate.plan;
  const terms =
    confirmed.chosen && plan
      ? termsIssue(confirmed.chosen.candidate, await marketplace.termsAccepted(subscription, plan), subscription)
      : [];
  const issues = [...confirmed.issues, ...replaced(drafted, confirmed), ...terms, ...notSold(drafted, confirmed, location)];
  const vendor = drafted.verdict === 'vendor' ? await soldChoice(analysis, context.catalog, spec, marketplace) : undefined;
  const result = conclude({ ...drafted, ranking: confirmed.ranking }, confirmed.chosen, issues, vendor);
  return { ...result, issues: result.issues.map((issue) => ({ ...issue, image: spec.name, place: issue.place ?? spec.place })) };
}

async function askAzure(
  { option: { base } }: Ranked,
  spec: ImageSpec,
  { ports: { marketplace } }: Context<'marketplace'>,
): Promise<Answer> {
  const { subscription, location } = spec.target;
  const image = { publisher: base.publisher, offer: base.offer, sku: base.sku };
  const pinned = spec.base === 'auto' ? undefined : parseUrn(spec.base)?.version;
  const exact = pinned === undefined || pinned === 'latest' ? (await marketplace.versions(subscription, location, image))[0] : pinned;
  if (exact === undefined) return { kind: 'gone', reason: `not sold in ${location} to this subscription` };
  const facts = await marketplace.facts(subscription, location, { ...image, version: exact });
  return facts ? { kind: 'sold', facts } : { kind: 'gone', reason: `version ${exact} does not exist in ${location}` };
}

/** What the live check cost: the best base of the catalog is not to be had, and the one that is serves less well. */
function replaced({ ranking, question: { source } }: Draft, { chosen, ranking: left }: Confirmed): readonly Issue[] {
  const best = ranking.ranked[0];
  const why = left.refused.find(({ option }) => option === best?.option)?.reason;
  if (best === undefined || chosen === undefined || why === undefined) return [];
  const kept = new Set(lossesOn(best.option.base, source).map(({ word }) => word));
  const lost = lossesOn(chosen.option.base, source).filter(({ word }) => !kept.has(word));
  const moved = chosen.option.release.id === best.option.release.id ? [] : [`on ${chosen.option.release.title}`];
  const changes = [...moved, ...(lost.length > 0 ? [`without ${lost.map(({ word }) => word).join(', ')}`] : [])];
  if (changes.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'BASE_REPLACED',
      message: `${urnKey(best.option)}: ${why}; ${urnKey(chosen.option)} takes its place, ${changes.join(' and ')}`,
      hint: lost.map(({ consequence }) => consequence).join(' · ') || 'another location may have it: see `target.location`',
    },
  ];
}

function notSold({ ranking, question }: Draft, { chosen, ranking: left }: Confirmed, location: string): readonly Issue[] {
  if (chosen || ranking.ranked.length === 0) return [];
  const asked = left.refused
    .slice(ranking.refused.length)
    .map(({ option: { base }, reason }) => `${base.publisher}:${base.offer}:${base.sku} (${reason})`);
  return [
    {
      severity: 'error',
      code: 'BASE_NOT_SOLD',
      message: `no base is left in ${location}: ${asked.join(', ')}`,
      hint:
        question.wishes.base === 'auto'
          ? 'name another one with `base:`, or another `location:`'
          : 'correct `base:`, or choose another `location:`',
    },
  ];
}
