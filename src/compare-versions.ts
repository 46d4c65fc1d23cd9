import { RegildError } from './errors.ts';
import { compareInventories, type ParityContext } from './inspect/compare/index.ts';
import { named, requireNamed } from './living/latest-change.ts';
import { latestAnywhere, newestFirst, stateOf } from './living/versions.ts';
import { type ExistingVersion, type ImageSpec, type Issue, newestVersionFirst, SCHEMA_VERSION, type VersionDiff } from './model/index.ts';
import type { Context } from './ports.ts';
import { diffOf, type Side } from './records/diff.ts';
import { type RunFolder, readRecord } from './records/read.ts';

/** Names of the two versions; absent = `latest`, and the one that was published before the other. */
export interface Compared {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** How two versions of an image differ, by what the gallery says and what was kept of them. Reads only. Throws VERSION_NOT_FOUND. */
export async function compareVersions(spec: ImageSpec, wanted: Compared, context: Context, folderOf: RunFolder): Promise<VersionDiff> {
  const pair = pairOf(spec, await context.ports.gallery.versions(spec.target), wanted);
  const [before, after] = await Promise.all([sideOf(spec, pair.before, context, folderOf), sideOf(spec, pair.after, context, folderOf)]);
  return {
    kind: 'VersionDiff',
    schemaVersion: SCHEMA_VERSION,
    image: spec.name,
    before: toSide(before),
    after: toSide(after),
    changes: diffOf(before, after),
    ...inventoriesOf(before, after, { between: 'same', catalog: context.catalog, allow: [] }),
    issues: [before, after].flatMap((side) => unrecorded(spec, side)),
  };
}

function pairOf(
  spec: ImageSpec,
  versions: readonly ExistingVersion[],
  { before, after }: Compared,
): { readonly before: ExistingVersion; readonly after: ExistingVersion } {
  requireNamed(
    spec,
    versions,
    [before, after].filter((name) => name !== undefined),
  );
  const latest = latestAnywhere(versions)[0];
  const newer = after === undefined ? latest : named(spec, versions, after);
  const older = before === undefined ? newer && beforeThat(newer, versions) : named(spec, versions, before);
  if (newer !== undefined && older !== undefined) return { before: older, after: newer };
  throw new RegildError('VERSION_NOT_FOUND', `${spec.name} has no two published versions that could be compared`, {
    hint: `\`regild status ${spec.name}\` lists its versions; name two of them`,
  });
}

function beforeThat({ name }: ExistingVersion, versions: readonly ExistingVersion[]): ExistingVersion | undefined {
  return newestFirst(versions).find(
    (version) => newestVersionFirst(version.name, name) > 0 && !['staged', 'busy', 'failed'].includes(stateOf(version)),
  );
}

async function sideOf(spec: ImageSpec, version: ExistingVersion, context: Context, folderOf: RunFolder): Promise<Side> {
  return { version, record: await readRecord(spec, version, context, folderOf) };
}

function toSide({ version: { name, id }, record }: Side): VersionDiff['before'] {
  return { version: name, id, ...(record && { record: record.place }) };
}

function inventoriesOf(before: Side, after: Side, context: ParityContext): Pick<VersionDiff, 'inventory'> {
  const [ours, theirs] = [before.record?.inventory, after.record?.inventory];
  return ours && theirs ? { inventory: compareInventories(ours, theirs, context) } : {};
}

function unrecorded(spec: ImageSpec, { version, record }: Side): readonly Issue[] {
  if (record?.report !== undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'VERSION_UNRECORDED',
      message: `nothing is kept of version ${version.name} of ${spec.name}: steps, definition, components and checks are not compared`,
      hint:
        spec.records?.container === undefined
          ? 'set `records.container`, or run this where the run folder of its build is'
          : `${spec.records.container} holds versions that were published since it was set`,
      image: spec.name,
    },
  ];
}
