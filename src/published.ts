import { RegildError, toIssue } from './errors.ts';
import { copyOne, isCopying } from './living/copy.ts';
import { costOf } from './living/cost.ts';
import { makeLatest, named, promotable, releaseWave, requireHeld, rollbackPair, type VersionWrite } from './living/latest-change.ts';
import { type AncestorsOf, lineageOf, type Origin, originsOf, standsOn } from './living/lineage.ts';
import { asWarning, type Looked, lookAtFleet } from './living/look.ts';
import { missingInProduction } from './living/production.ts';
import { type Retained, retain, usersOf } from './living/retention.ts';
import { madeFrom, type Owned, revocation } from './living/revoke.ts';
import { currentVersion } from './living/versions.ts';
import { actionOf, removeAll, type Written, writeAll } from './living/write.ts';
import {
  type ExistingVersion,
  type ImageSpec,
  type Issue,
  isChecked,
  type Lineage,
  type LineageVersion,
  nextWave,
  PUBLISHED_TAG,
  SCHEMA_VERSION,
  type VersionActions,
} from './model/index.ts';
import type { Context } from './ports.ts';
import { readPrices } from './prices.ts';
import { type RunFolder, readRecord, summaryOf } from './records/read.ts';
import { checkWave } from './wave-check.ts';

/** What all verbs on published versions are told. */
export interface ActOptions {
  readonly dryRun: boolean;
}

/** Looks at images without planning a build of them: for what must go quickly, or needs no AMI. */
export async function lookAtPublished(specs: readonly ImageSpec[], context: Context): Promise<readonly Looked[]> {
  return lookAtFleet(
    specs.map((spec) => ({ spec, issues: [] })),
    context,
  );
}

/** Where the versions of images come from and who runs them: of all, or of those that stand on an AMI, a base or a version. Reads only. */
export async function lineage(
  specs: readonly ImageSpec[],
  context: Context,
  { of, folderOf }: { readonly of: string | undefined; readonly folderOf: RunFolder },
): Promise<Lineage> {
  const looked = await lookAtPublished(specs, context);
  const { ancestorsOf, issues } = await ancestors(originsOf(looked), context);
  const kept = await Promise.all(looked.map((one) => recordsOf(one, context, folderOf)));
  const versions = looked.flatMap((one, index) => lineageOf(one, ancestorsOf, (version) => kept[index]?.records.get(version)));
  return {
    kind: 'Lineage',
    schemaVersion: SCHEMA_VERSION,
    of,
    versions: of === undefined ? versions : versions.filter((version) => standsOn(version, of)),
    issues: [...looked.flatMap((one) => one.issues), ...issues, ...kept.flatMap((one) => one.issues)],
  };
}

/** What is kept of each version of an image; a record that may not or cannot be read is an issue. */
async function recordsOf(
  { wish: { spec }, actual }: Looked,
  context: Context,
  folderOf: RunFolder,
): Promise<{ readonly records: ReadonlyMap<string, LineageVersion['record']>; readonly issues: readonly Issue[] }> {
  const read = await Promise.all(
    actual.versions.map(async (version) => {
      try {
        const record = await readRecord(spec, version, context, folderOf);
        return { name: version.name, record: record && summaryOf(record), issues: [] };
      } catch (error) {
        return { name: version.name, record: undefined, issues: [{ ...asWarning(error), image: spec.name }] };
      }
    }),
  );
  return { records: new Map(read.map(({ name, record }) => [name, record])), issues: read.flatMap(({ issues }) => issues) };
}

/** What AMIs were made from; what EC2 may not be asked is an issue. */
async function ancestors(
  origins: readonly Origin[],
  { ports }: Context,
): Promise<{ readonly ancestorsOf: AncestorsOf; readonly issues: readonly Issue[] }> {
  const asked = await Promise.all(
    origins.map(async ({ id, region }) => {
      try {
        return { key: `${region}/${id}`, ids: (await ports.ec2.lineage(id, region))?.map((one) => one.id), issues: [] };
      } catch (error) {
        return { key: `${region}/${id}`, ids: undefined, issues: [asWarning(error)] };
      }
    }),
  );
  const known = new Map(asked.map(({ key, ids }) => [key, ids]));
  return { ancestorsOf: ({ id, region }) => known.get(`${region}/${id}`), issues: asked.flatMap((one) => one.issues) };
}

export interface PromoteOptions extends ActOptions {
  /** The version to make `latest`; undefined = let the next wave of the current one go. */
  readonly version?: string | undefined;
  readonly regions?: readonly string[] | undefined;
}

/** Makes a version `latest`, everywhere or in some regions, or lets the next wave of a rollout go, once the one before passed its check. Throws VERSION_NOT_FOUND, PROMOTION_REFUSED. */
export async function promote(spec: ImageSpec, context: Context, { version, regions, dryRun }: PromoteOptions): Promise<VersionActions> {
  const looked = await lookAtOne(spec, context);
  const { versions } = looked.actual;
  const copied = copyWanted(spec, looked.actual, version);
  if (isCopying(spec) && copied) return report('promote', looked, [await copyOne(spec, copied, context, dryRun)], context, { advice: [] });
  const reason = `promoted ${version === undefined ? 'by wave' : 'by hand'}`;
  if (version !== undefined) requireHeld(spec, [promotable(spec, versions, version)], regions);
  const writes =
    version === undefined
      ? waveWrites(spec, versions, context)
      : makeLatest(promotable(spec, versions, version), versions, { regions, reason });
  const checked = version === undefined ? await checkedFirst(spec, versions, context, dryRun) : undefined;
  const written = [...(checked?.written ?? []), ...(checked?.stopped ? [] : await writeAll(spec, writes, context, dryRun))];
  const advice = writes.length === 0 ? [`${spec.name} is latest where it is to be: nothing was left to promote`] : [];
  return report('promote', looked, written, context, { advice });
}

/** What a promotion into production copies first: the version that is named and not there, or the newest that passed its tests. */
function copyWanted(spec: ImageSpec, actual: Looked['actual'], version: string | undefined): ExistingVersion | undefined {
  if (!isCopying(spec)) return undefined;
  if (version === undefined) return missingInProduction(actual);
  const there = actual.versions.some(
    ({ name, excludeFromLatest, tags }) => name === version && !(excludeFromLatest && tags[PUBLISHED_TAG] === undefined),
  );
  return there ? undefined : actual.origin?.find(({ name }) => name === version);
}

/** What the check of the wave before says, where the manifest wants one. */
async function checkedFirst(
  spec: ImageSpec,
  versions: readonly ExistingVersion[],
  context: Context,
  dryRun: boolean,
): Promise<{ readonly written: readonly Written[]; readonly stopped: boolean } | undefined> {
  const version = currentVersion(versions);
  const next = version && nextWave(spec, version);
  if (version === undefined || next === undefined || !isChecked(next)) return undefined;
  const { regions, number } = next.check;
  const reason = `wave ${number} is checked before ${next.regions.join(', ')}`;
  const said = (outcome: 'due' | 'done' | 'failed') => actionOf(spec, { version, action: 'check', regions, reason, change: {} }, outcome);
  if (dryRun) return { written: [{ action: said('due'), issues: [] }], stopped: false };
  const { issues, stopped } = await checkWave(spec, version, next, context);
  const found = [...issues, ...(stopped ? [toIssue(stopped, spec.name)] : [])];
  return { written: [{ action: said(stopped ? 'failed' : 'done'), issues: found }], stopped: stopped !== undefined };
}

function waveWrites(spec: ImageSpec, versions: readonly ExistingVersion[], { ports }: Context): readonly VersionWrite[] {
  const current = currentVersion(versions);
  const write = current && releaseWave(spec, current, ports.clock.now());
  return write ? [write] : [];
}

export interface RollbackOptions extends ActOptions {
  readonly to?: string | undefined;
  readonly reason: string;
  readonly regions?: readonly string[] | undefined;
}

/** Puts the last good version back and takes the bad one out, then names who runs the bad one. Safe to repeat. Throws ROLLBACK_IMPOSSIBLE, VERSION_NOT_FOUND. */
export async function rollback(
  spec: ImageSpec,
  context: Context,
  { to, reason, regions, dryRun }: RollbackOptions,
): Promise<VersionActions> {
  const looked = await lookAtOne(spec, context);
  const { bad, good } = rollbackPair(spec, looked.actual.versions, to);
  if (bad === undefined)
    return report('rollback', looked, [], context, { advice: [`${good.name} is latest already: nothing was to be done`] });
  requireHeld(spec, [bad, good], regions);
  const written = await writeAll(spec, makeLatest(good, looked.actual.versions, { regions, reason }), context, dryRun);
  const advice = [`what runs ${bad.name} keeps running it: make those machines again from latest, which is ${good.name}`];
  return report('rollback', looked, written, context, { bad: [bad], advice });
}

export interface RevokeOptions extends ActOptions {
  readonly version: string;
  readonly reason: string;
  /** Also every version that was made from it. */
  readonly cascade: boolean;
}

/** Takes a version out of `latest` everywhere and says why on it; with `cascade` all that was made from it. `fleet` are all images of the manifest. Throws VERSION_NOT_FOUND. */
export async function revoke(
  spec: ImageSpec,
  fleet: readonly ImageSpec[],
  context: Context,
  options: RevokeOptions,
): Promise<VersionActions> {
  const looked = await lookAtPublished(fleet, context);
  const owned = looked.flatMap(({ wish, actual }) => actual.versions.map((version): Owned => ({ spec: wish.spec, version })));
  const ownLook = looked.find(({ wish }) => wish.spec.name === spec.name);
  if (ownLook === undefined)
    throw new RegildError('IMAGE_UNKNOWN', `the manifest has no image ${spec.name}`, { hint: 'name one of its images' });
  const root = named(spec, ownLook.actual.versions, options.version);
  const derived = madeFrom(root, owned);
  const taken = options.cascade ? derived : [];
  const origin = `${spec.target.gallery}/${spec.target.definition}/${root.name}`;
  const now = context.ports.clock.now();
  const written: Written[] = [];
  written.push(...(await writeAll(spec, revocation(root, options.reason, undefined, now), context, options.dryRun)));
  for (const { spec: other, version } of taken) {
    written.push(...(await writeAll(other, revocation(version, options.reason, origin, now), context, options.dryRun)));
  }
  const users = looked.flatMap((one) => usersIn(one, [root, ...taken.map(({ version }) => version)]));
  return { ...(await report('revoke', ownLook, written, context, { advice: adviceOf(spec, root, options, derived, ownLook) })), users };
}

function adviceOf(
  spec: ImageSpec,
  root: ExistingVersion,
  { cascade }: RevokeOptions,
  derived: readonly Owned[],
  { actual }: Looked,
): readonly string[] {
  const left = derived.map((one) => `${one.spec.target.gallery}/${one.spec.target.definition}/${one.version.name}`);
  const remains = actual.versions.filter((version) => version !== root);
  return [
    ...(currentVersion(remains) === undefined
      ? [`no version of ${spec.name} is latest any more: \`regild build ${spec.name} --force\` makes one`]
      : []),
    ...(left.length > 0 && !cascade ? [`made from it and not revoked: ${left.join(', ')}; --cascade takes them too`] : []),
    `the same AMI, base and recipe are not built again by themselves: change one, or \`regild build ${spec.name} --force\` where a rebuild is the cure`,
  ];
}

/** Deletes what retention lets go, and says of every version why it stays or goes, and what that costs where the manifest names a file of prices. */
export async function retire(specs: readonly ImageSpec[], context: Context, { dryRun }: ActOptions): Promise<VersionActions> {
  const now = context.ports.clock.now();
  const looked = await lookAtPublished(specs, context);
  const acted: Retired[] = [];
  for (const { wish, actual } of looked) {
    const retained = retain(wish.spec, actual, now);
    acted.push({ spec: wish.spec, retained, written: await removeAll(wish.spec, retained, context, dryRun) });
  }
  const written = acted.flatMap((one) => one.written);
  const costs = await costsOf(acted, context);
  const sum = (wanted: string) =>
    written
      .filter(({ action }) => action.action === wanted && action.outcome !== 'failed')
      .reduce((total, { action }) => total + (action.gibibytes ?? 0), 0);
  return {
    kind: 'VersionActions',
    schemaVersion: SCHEMA_VERSION,
    verb: 'retire',
    at: now.toISOString(),
    actions: written.map(({ action }) => action),
    users: [],
    advice: [`kept at most ${sum('keep')} GiB of replicas, ${dryRun ? 'would free' : 'freed'} at most ${sum('delete')} GiB`, ...costs.said],
    issues: [...looked.flatMap(({ issues }) => issues), ...written.flatMap(({ issues }) => issues), ...costs.issues],
  };
}

/** What became of the versions of an image. */
interface Retired {
  readonly spec: ImageSpec;
  readonly retained: readonly Retained[];
  readonly written: readonly Written[];
}

/** A sentence for each file of prices. One that cannot be read is a warning: it keeps nothing from being retired. */
async function costsOf(
  acted: readonly Retired[],
  { ports }: Context,
): Promise<{ readonly said: readonly string[]; readonly issues: readonly Issue[] }> {
  const byFile = Map.groupBy(acted, ({ spec }) => spec.prices);
  const read = await Promise.all(
    [...byFile].map(async ([file, images]) => {
      if (file === undefined) return { said: [], issues: [] };
      const { prices, issues } = readPrices(await ports.assets.user(file), file);
      const retained = images.flatMap(done);
      const said = prices === undefined || retained.length === 0 ? [] : [costOf(retained, prices)];
      return { said, issues: issues.map((issue) => ({ ...issue, severity: 'warning' as const })) };
    }),
  );
  return { said: read.flatMap(({ said }) => said), issues: read.flatMap(({ issues }) => issues) };
}

/** Without what could not be deleted, which neither stays nor went. */
function done({ retained, written }: Retired): readonly Retained[] {
  const failed = written.flatMap(({ action }) => (action.outcome === 'failed' ? [action.version] : []));
  return retained.filter(({ version }) => !failed.includes(version.name));
}

async function lookAtOne(spec: ImageSpec, context: Context): Promise<Looked> {
  const [looked] = await lookAtPublished([spec], context);
  if (looked === undefined) throw new RegildError('INTERNAL', `${spec.name} was not looked at`, { hint: 'report this' });
  return looked;
}

async function report(
  verb: VersionActions['verb'],
  looked: Looked,
  written: readonly Written[],
  { ports }: Context,
  { bad = [], advice }: { readonly bad?: readonly ExistingVersion[]; readonly advice: readonly string[] },
): Promise<VersionActions> {
  return {
    kind: 'VersionActions',
    schemaVersion: SCHEMA_VERSION,
    verb,
    at: ports.clock.now().toISOString(),
    actions: written.map(({ action }) => action),
    users: usersIn(looked, bad),
    advice,
    issues: [...looked.issues, ...written.flatMap(({ issues }) => issues)],
  };
}

function usersIn({ wish, actual }: Looked, versions: readonly ExistingVersion[]): VersionActions['users'] {
  return versions.flatMap((version) =>
    usersOf(version, actual.users ?? []).map(({ kind, id, name, location }) => ({
      image: wish.spec.name,
      version: version.name,
      kind,
      id,
      name,
      location,
    })),
  );
}
