import pMap from 'p-map';
import type { Base, Catalog, Release } from '../../catalog/schema.ts';
import { RegildError } from '../../errors.ts';
import type { ImageFacts } from '../../model/index.ts';
import type { Marketplace } from '../../ports.ts';
import { compareBase, type Difference } from './compare-base.ts';

/** What Azure says about one base. `gone` = not sold in the location to the subscription; `failed` = Azure did not answer. */
export type BaseState = 'same' | 'differs' | 'deprecating' | 'deprecated' | 'gone' | 'failed';

export interface CheckedBase {
  readonly base: string;
  readonly release: string;
  /** publisher:offer:sku */
  readonly image: string;
  /** Newest version there is; null when there is none. */
  readonly newest: string | null;
  readonly state: BaseState;
  readonly differences: readonly Difference[];
  /** When it is deprecated and what replaces it, or why there is no answer. */
  readonly detail: string | null;
  /** What ARM says of the newest version; null without an answer. */
  readonly facts: ImageFacts | null;
  /** Calls that it took. */
  readonly calls: number;
}

export interface AskedPlace {
  readonly subscription: string;
  readonly location: string;
  readonly signal: AbortSignal;
  /** Told after each base how many are done. */
  readonly onProgress: (done: number) => void;
}

/** Bases asked about at the same time: what Azure's own client dares for these calls (catalog.md §5.1). */
const CONCURRENCY = 5;

/** Asks about every base of these releases: two calls each, one where nothing is sold. A base that fails stops no other; a cloud that cannot be used stops all. */
export async function askBases(
  releases: Catalog['releases'],
  marketplace: Marketplace,
  place: AskedPlace,
): Promise<readonly CheckedBase[]> {
  const bases = releases.flatMap((release) => release.bases.map((base) => ({ release, base })));
  let done = 0;
  const ask = async ({ release, base }: (typeof bases)[number]) => {
    const checked = await askBase(release, base, marketplace, place);
    done += 1;
    place.onProgress(done);
    return checked;
  };
  return pMap(bases, ask, { concurrency: CONCURRENCY, signal: place.signal });
}

async function askBase(
  release: Release,
  base: Base,
  marketplace: Marketplace,
  { subscription, location }: AskedPlace,
): Promise<CheckedBase> {
  const { publisher, offer, sku } = base;
  const named = {
    base: base.id,
    release: release.id,
    image: `${publisher}:${offer}:${sku}`,
    newest: null,
    differences: [],
    detail: null,
    facts: null,
  };
  try {
    const [newest] = await marketplace.versions(subscription, location, { publisher, offer, sku });
    if (newest === undefined) return { ...named, state: 'gone', calls: 1 };
    const facts = await marketplace.facts(subscription, location, { publisher, offer, sku, version: newest });
    if (facts === undefined) return { ...named, newest, state: 'gone', detail: `version ${newest} is listed, but cannot be had`, calls: 2 };
    const differences = compareBase(release, base, facts);
    const { state, scheduled, alternative } = facts.deprecation;
    const instead = alternative && `its publisher names ${alternative} instead`;
    const detail = state === 'Active' ? null : [scheduled && `from ${scheduled}`, instead].filter(Boolean).join('; ') || null;
    return { ...named, newest, differences, detail, facts, state: stateOf(state, differences), calls: 2 };
  } catch (error) {
    if (!(error instanceof RegildError) || !ONE_BASE_ONLY.includes(error.code)) throw error;
    return { ...named, state: 'failed', detail: error.message, calls: 1 };
  }
}

/** Failures that say nothing about the next base. */
const ONE_BASE_ONLY: readonly string[] = ['CLOUD_FAILED', 'CLOUD_THROTTLED'];

function stateOf(state: 'Active' | 'ScheduledForDeprecation' | 'Deprecated', differences: readonly Difference[]): BaseState {
  if (state === 'Deprecated') return 'deprecated';
  if (state === 'ScheduledForDeprecation') return 'deprecating';
  return differences.length > 0 ? 'differs' : 'same';
}
