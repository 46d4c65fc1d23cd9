import {
  COPIED_TAG,
  type Drift,
  digestOf,
  type ExistingVersion,
  firstFew,
  formatUrn,
  isAmiId,
  ORIGIN_TAGS,
  type PlanOutline,
  parseDuration,
  REVOKED_WITH_TAG,
  type RefreshPolicy,
  roughDuration,
} from '../model/index.ts';
import { amiChanges, changeWords } from './ami-changes.ts';
import { currentVersion, newestFirst, publishedAt, stateOf } from './versions.ts';
import type { Actual, Wish } from './wish.ts';

/** Changes of an AMI that a sentence has room for; all of them are data. */
const MOST_SAID = 4;

/** What only a new version mends. A copy of another gallery's version is made anew there, so nothing of it is due here. */
export function rebuildDrifts({ spec, plan }: Wish, actual: Actual, now: Date): readonly Drift[] {
  if (spec.copyOf !== undefined) return [];
  const current = currentVersion(actual.versions);
  const taken = takenAlong(actual.versions);
  if (taken) return [taken];
  if (current === undefined) return [{ kind: 'never-published', reason: `no version of ${spec.name} is published` }];
  if (current.tags[COPIED_TAG] !== undefined) return [];
  const found = [
    ...baseDeprecated(current, actual, plan),
    ...(spec.refresh.on.includes('age') ? tooOld(current, spec.refresh, now) : []),
    ...(plan ? changes(current, plan, actual, spec.refresh, now) : []),
  ];
  return plan ? found.map((drift) => unlessKnownBad(drift, plan, actual.versions)) : found;
}

/** The newest version was revoked together with another one, so what it holds must be made anew. */
function takenAlong(versions: readonly ExistingVersion[]): Drift | undefined {
  const newest = newestFirst(versions).find((version) => stateOf(version) === 'released' || stateOf(version) === 'revoked');
  const origin = newest?.tags[REVOKED_WITH_TAG];
  if (newest === undefined || origin === undefined || stateOf(newest) !== 'revoked') return undefined;
  return { kind: 'revoked', reason: `version ${newest.name} was revoked together with ${origin}`, version: newest.name };
}

/** Only another base helps: while the plan builds on the same one, it is said and nothing is rebuilt. */
function baseDeprecated({ name, tags }: ExistingVersion, { base }: Actual, plan: PlanOutline | undefined): readonly Drift[] {
  if (base === undefined || base.deprecation.state === 'Active') return [];
  const { state, scheduled, alternative } = base.deprecation;
  const when = state === 'Deprecated' ? 'is deprecated' : `is deprecated on ${scheduled?.slice(0, 10) ?? 'a day that is not said'}`;
  const instead = alternative === undefined ? '' : `; its publisher names ${alternative}`;
  const reason = `the base ${tags[ORIGIN_TAGS.base]} of version ${name} ${when}${instead}`;
  const drift: Drift = { kind: 'base-deprecated', reason, version: name };
  const same = plan !== undefined && formatUrn(plan.base.urn) === tags[ORIGIN_TAGS.base];
  return [same ? { ...drift, held: 'the plan still builds on it: set another `base`' } : drift];
}

function tooOld(current: ExistingVersion, { every }: RefreshPolicy, now: Date): readonly Drift[] {
  const most = parseDuration(every ?? '');
  const published = publishedAt(current);
  if (most === undefined || published === undefined) return [];
  const age = now.getTime() - published.getTime();
  if (age < most) return [];
  return [
    {
      kind: 'too-old',
      reason: `version ${current.name} is ${roughDuration(age)} old, and refresh.every is ${every}`,
      version: current.name,
    },
  ];
}

function changes(
  current: ExistingVersion,
  plan: PlanOutline,
  { amis }: Pick<Actual, 'amis'>,
  policy: RefreshPolicy,
  now: Date,
): readonly Drift[] {
  const { tags, name: version } = current;
  const base = formatUrn(plan.base.urn);
  const ami = tags[ORIGIN_TAGS.ami] !== plan.provenance.amiId;
  const newer = tags[ORIGIN_TAGS.base] !== base;
  const recipe = !ami && !newer && digestOf(tags) !== plan.digest;
  const drifts: readonly Drift[] = [
    ...(ami && policy.on.includes('ami') ? [amiDrift(current, plan, amis)] : []),
    ...(newer && policy.on.includes('base') ? [holdYoungBase(current, base, policy, now)] : []),
    ...(recipe && policy.on.includes('recipe')
      ? [{ kind: 'recipe-changed', reason: `the recipe was changed since version ${version} was built`, version } as const]
      : []),
  ];
  return drifts;
}

function amiDrift(current: ExistingVersion, plan: PlanOutline, amis: Actual['amis']): Drift {
  const changes = amis && amiChanges(amis.before, amis.after);
  const said = changes && changes.length > 0 ? `; ${firstFew(changes.map(changeWords), MOST_SAID)}` : '';
  return {
    kind: 'ami-changed',
    reason: `${amiReason(current, plan)}${said}`,
    version: current.name,
    ...(changes && { changes }),
  };
}

function amiReason({ tags, name }: ExistingVersion, { provenance: { amiId, amiName, amiRegion } }: PlanOutline): string {
  const called = amiName === undefined ? '' : ` (${amiName})`;
  const { [ORIGIN_TAGS.ami]: before, [ORIGIN_TAGS.amiRegion]: region } = tags;
  // Tags are written by anybody: only what is an id gets into a command line. EC2 shows both in one region or not at all.
  const comparable = region === amiRegion && [before, amiId].every(isAmiId);
  const inside = comparable ? `; \`regild diff ${before} ${amiId} --region ${amiRegion}\` says what changed in it` : '';
  return `the AMI is ${amiId}${called}, version ${name} was made from ${before ?? 'one that its tags do not name'}${inside}`;
}

function holdYoungBase({ tags, name }: ExistingVersion, base: string, { minimumBaseAge }: RefreshPolicy, now: Date): Drift {
  const before = tags[ORIGIN_TAGS.base];
  const drift: Drift = {
    kind: 'base-newer',
    reason: `the base is ${base}, version ${name} was made from ${before ?? 'one that its tags do not name'}`,
    version: name,
  };
  const least = parseDuration(minimumBaseAge ?? '');
  const made = dateInVersion(base);
  if (least === undefined || made === undefined) return drift;
  const ripe = new Date(made.getTime() + least);
  return ripe <= now
    ? drift
    : { ...drift, held: `a base must be ${minimumBaseAge} old (refresh.minimumBaseAge)`, heldUntil: ripe.toISOString() };
}

/** The day that publishers write into the version of an image: `24.04.202610120`, `9.6.2026101512`, `20348.4297.261008`; undefined where there is none. */
export function dateInVersion(urn: string): Date | undefined {
  const version = urn.split(':').at(-1) ?? '';
  const [, year, month, day] = /(?:^|\.)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{0,2}(?:\.|$)/.exec(version) ?? shortDate(version);
  const time = year === undefined ? Number.NaN : Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(time) ? undefined : new Date(time);
}

function shortDate(version: string): readonly (string | undefined)[] {
  const [, year, month, day] = /\.(2\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.exec(version) ?? [];
  return year === undefined ? [] : ['', `20${year}`, month, day];
}

/** A version with this very content was taken back: making it again would bring the fault back. */
function unlessKnownBad(drift: Drift, { digest }: PlanOutline, versions: readonly ExistingVersion[]): Drift {
  const bad = versions.find((version) => digestOf(version.tags) === digest && ['revoked', 'rolled-back'].includes(stateOf(version)));
  if (bad === undefined || drift.held !== undefined || bad.tags[REVOKED_WITH_TAG] !== undefined) return drift;
  return {
    ...drift,
    held: `version ${bad.name} with the same AMI, base and recipe was ${stateOf(bad)}; change one of them, or use --force`,
  };
}
