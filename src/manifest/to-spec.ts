import { toStep } from '../guest/steps/index.ts';
import {
  DEFAULT_TIMEOUTS,
  type ImageSpec,
  normalLocation,
  type Place,
  parseDuration,
  RefreshCause,
  SCHEMA_VERSION,
  type Sharing,
  type Source,
  type Target,
  type TargetRegion,
  type TestRegion,
  type Timeouts,
} from '../model/index.ts';
import { toCheck } from './added-check.ts';
import { toMeasurements } from './measure.ts';
import type { ImageEntry } from './schema.ts';

const DEFAULT_BUILD_MINUTES = 240;
const DEFAULT_TEST_MINUTES = 30;
const DEFAULT_KEPT_VERSIONS = 3;

/** A merged entry with every default filled in; undefined when the source or a part of the target is missing. */
export function toSpec(name: string, entry: ImageEntry, place: Place): ImageSpec | undefined {
  const source = toSource(entry.source ?? {});
  const target = toTarget(name, entry.target ?? {});
  if (source === undefined || target === undefined) return undefined;
  return {
    kind: 'ImageSpec',
    schemaVersion: SCHEMA_VERSION,
    name,
    place,
    source,
    inspect: entry.inspect ?? 'auto',
    engine: entry.engine ?? 'auto',
    base: entry.base ?? 'auto',
    generation: entry.generation ?? 'auto',
    security: entry.security ?? 'auto',
    controllers: entry.controllers ?? 'auto',
    licence: entry.licence,
    accept: {
      successor: asList(entry.accept?.successor),
      without: asList(entry.accept?.without),
      source: asList(entry.accept?.source),
      ...(entry.accept?.sharing !== undefined && { sharing: asList(entry.accept.sharing) }),
    },
    target,
    regions: (entry.regions ?? [target.location]).map(toRegion),
    build: { ...entry.build, timeoutMinutes: entry.build?.timeoutMinutes ?? DEFAULT_BUILD_MINUTES },
    test: toTest(entry.test ?? {}, entry.regions ?? [], target.location),
    timeouts: toTimeouts(entry.timeouts),
    ...(entry.onError && { onError: entry.onError }),
    customize: (entry.customize ?? []).flatMap(toStep),
    components: entry.components ?? {},
    measure: toMeasurements(entry.measure),
    checks: {
      add: (entry.checks?.add ?? []).map(toCheck),
      skip: entry.checks?.skip ?? [],
      allowLeaks: entry.checks?.allowLeaks ?? [],
      answers: entry.checks?.answers ?? [],
    },
    parity: entry.parity ?? 'report',
    parityAllow: entry.parityAllow ?? [],
    refresh: toRefresh(entry.refresh ?? {}),
    retention: {
      keep: entry.retention?.keep ?? DEFAULT_KEPT_VERSIONS,
      minimumAge: entry.retention?.minimumAge,
      pinned: entry.retention?.pinned ?? [],
    },
    rollout: entry.rollout && toWaves(entry.rollout),
    production: entry.production && toProduction(target, entry),
    endOfLife: entry.endOfLife,
    safety: toSafety(entry),
    softDelete: entry.softDelete,
    ...(entry.sharing && entry.production === undefined && { sharing: toSharing(entry.sharing) }),
    records: entry.records && toRecords(entry.records),
    prices: entry.prices,
    carryTags: entry.carryTags ?? [],
    tags: entry.tags ?? {},
  };
}

/** Beside the location of the target, which always boots the image; undefined where it is the only one. */
function toTestRegions(
  given: NonNullable<ImageEntry['test']>['regions'],
  regions: NonNullable<ImageEntry['regions']>,
  location: string,
): ImageSpec['test']['regions'] {
  if (given === undefined || given === 'first') return undefined;
  const wanted = given === 'all' ? regions.map((region) => ({ name: nameOf(region) })) : given.map(asTestRegion);
  return wanted.map(({ name, ...rest }) => ({ ...rest, name: normalLocation(name) })).filter(({ name }) => name !== location);
}

function asTestRegion(region: string | TestRegion): TestRegion {
  return typeof region === 'string' ? { name: region } : region;
}

function nameOf(region: NonNullable<ImageEntry['regions']>[number]): string {
  return typeof region === 'string' ? region : region.name;
}

function asList(names: string | readonly string[] = []): readonly string[] {
  return typeof names === 'string' ? [names] : names;
}

/** What is written as `90m` or `24h`, in minutes; what is left out is the default. */
function toTimeouts(given: ImageEntry['timeouts'] = {}): Timeouts {
  const minutes = Object.entries(given).flatMap(([name, limit]) =>
    limit === undefined ? [] : [[name, (parseDuration(limit) ?? 0) / 60_000]],
  );
  return { ...DEFAULT_TIMEOUTS, ...Object.fromEntries(minutes) };
}

function toTest(
  { zones, regions: given, timeoutMinutes = DEFAULT_TEST_MINUTES, ...test }: NonNullable<ImageEntry['test']>,
  all: NonNullable<ImageEntry['regions']>,
  location: string,
): ImageSpec['test'] {
  const regions = toTestRegions(given, all, location);
  return { ...test, ...(zones && { zones: zones.map(String) }), ...(regions && { regions }), timeoutMinutes };
}

function toRefresh({ on, blackout, timeZone, urgent, ...refresh }: NonNullable<ImageEntry['refresh']>): ImageSpec['refresh'] {
  return { ...refresh, on: on ?? RefreshCause.options, blackout: blackout ?? [], timeZone: timeZone ?? 'UTC', urgent: urgent ?? [] };
}

function toWaves({ waves }: NonNullable<ImageEntry['rollout']>): ImageSpec['rollout'] {
  return waves.map(({ regions, pause, approval = false, check = false }) => ({
    regions: regions.map(normalLocation),
    pause,
    approval,
    ...(check && { check }),
  }));
}

/** What is not given is as the target has it; the subscription always is. */
function toProduction(target: Target, { production = {}, sharing }: ImageEntry): ImageSpec['production'] {
  const { gallery = '', automatic = false, ...given } = production;
  const { resourceGroup = target.resourceGroup, definition = target.definition } = given;
  const location = normalLocation(given.location ?? target.location);
  return {
    target: { subscription: target.subscription, resourceGroup, gallery, definition, location },
    regions: (given.regions ?? [location]).map(toRegion),
    rollout: given.rollout && toWaves(given.rollout),
    ...(sharing && { sharing: toSharing(sharing) }),
    automatic,
  };
}

function toSharing({ readers = [], subscriptions = [], tenants = [], community }: NonNullable<ImageEntry['sharing']>): Sharing {
  if (community === undefined) return { readers, subscriptions, tenants };
  const { prefix = '', publisher: uri = '', contact = '', eula = '' } = community;
  return { readers, subscriptions, tenants, community: { prefix, uri, contact, eula } };
}

/** Protective: a version with an end of life cannot be deleted before it. Azure's own default stands for the rest. */
function toSafety({ endOfLife, safetyProfile = {} }: ImageEntry): ImageSpec['safety'] {
  const blocks = safetyProfile.blockDeletionBeforeEndOfLife ?? (endOfLife === undefined ? undefined : true);
  return { ...safetyProfile, ...(blocks !== undefined && { blockDeletionBeforeEndOfLife: blocks }) };
}

function toRecords({ container, sign }: NonNullable<ImageEntry['records']>): ImageSpec['records'] {
  const { key, command } = sign ?? {};
  if (key !== undefined) return { container, sign: { kind: 'key', path: key } };
  return command === undefined ? { container } : { container, sign: { kind: 'command', words: command } };
}

function toSource({ ami, owner, name, architecture, ssm, region, disk, inventory }: NonNullable<ImageEntry['source']>): Source | undefined {
  if (disk !== undefined) return { kind: 'disk', path: disk };
  if (inventory !== undefined) return { kind: 'inventory', path: inventory };
  if (region === undefined) return undefined;
  if (ami !== undefined) return { kind: 'ami', id: ami, region };
  if (ssm !== undefined) return { kind: 'ssm', parameter: ssm, region };
  return owner === undefined || name === undefined ? undefined : { kind: 'search', owner, name, architecture, region };
}

function toTarget(
  name: string,
  { subscription, resourceGroup, gallery, definition = name, location }: NonNullable<ImageEntry['target']>,
): Target | undefined {
  if (subscription === undefined || resourceGroup === undefined || gallery === undefined || location === undefined) return undefined;
  return { subscription, resourceGroup, gallery, definition, location: normalLocation(location) };
}

function toRegion(region: NonNullable<ImageEntry['regions']>[number]): TargetRegion {
  const { name, replicas = 1, storage = 'Standard_LRS' } = typeof region === 'string' ? { name: region } : region;
  return { name: normalLocation(name), replicas, storage };
}
