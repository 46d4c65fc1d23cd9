import { join, resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import { named } from '../living/latest-change.ts';
import {
  type ImageSpec,
  type Inventory,
  isRunId,
  RECORD_FILES,
  RECORD_FOLDER,
  RUN_TAG,
  recordedAs,
  recordPath,
  testedName,
} from '../model/index.ts';
import type { Context } from '../ports.ts';
import { contentOf, keep, type RecordFile } from '../records/index.ts';
import type { Io } from './command.ts';
import { createArtifacts } from './files.ts';
import { version as toolVersion } from './installation.ts';
import { withFleet } from './living.ts';

export interface RecordFlags {
  readonly manifest: string;
  readonly runs: string;
  readonly sandbox?: true;
  /** Say where it would be kept, and write nothing. */
  readonly dryRun?: true;
}

/** Where the record of a version lies. */
export interface RecordPlace {
  readonly place: string;
  /** Whether an inventory was kept there before: it stays, so that a version has one. */
  readonly had: boolean;
}

/**
 * Keeps the inventory of a version, and its software bill of materials, with the rest of its record. `of` is `image@version`. Gives the places, also for a dry run. Throws
 * USAGE, IMAGE_UNKNOWN, VERSION_NOT_FOUND, and what the container refuses.
 */
export async function recordInventory(inventory: Inventory, of: string, flags: RecordFlags, io: Io): Promise<readonly RecordPlace[]> {
  const { image, name } = subjectOf(of);
  if (image === '' || name === '')
    throw new RegildError('USAGE', `${JSON.stringify(of)} names no version`, {
      hint: 'write image@version, for example web-golden@2026.1121.0',
    });
  const files = contentOf(inventory, toolVersion);
  return withFleet([image], { ...flags, cache: true }, io, async (context, { specs: [spec] }) => {
    if (spec === undefined) throw new RegildError('IMAGE_UNKNOWN', `${flags.manifest} has no image ${image}`, { hint: 'check the name' });
    const version = named(spec, await context.ports.gallery.versions(spec.target), name);
    const run = runFolder(version.tags[RUN_TAG], flags.runs, io);
    const places = await Promise.all([
      ...(run === undefined ? [] : [inRunFolder(run, testedName(image), files)]),
      ...(spec.records?.container === undefined ? [] : [inContainer(spec, spec.records.container, version.name, files, context)]),
    ]);
    if (!flags.dryRun) for (const { had, write } of places) if (!had) await write();
    return places.map(({ place, had }) => ({ place, had }));
  });
}

/** The version is behind the last `@`: what is in production is named web@production@2026.1121.0. */
function subjectOf(of: string): { readonly image: string; readonly name: string } {
  const at = of.lastIndexOf('@');
  return { image: of.slice(0, Math.max(at, 0)), name: of.slice(at + 1) };
}

/** The folder of the run that made a version; undefined when its tags name no run. */
function runFolder(run: string | undefined, runs: string, { folder }: Io): string | undefined {
  return run === undefined || !isRunId(run) ? undefined : resolve(folder, runs, run);
}

/** A place that was looked at, and what keeps the inventory there. */
interface Writable extends RecordPlace {
  readonly write: () => Promise<unknown>;
}

async function inRunFolder(run: string, image: string, files: readonly RecordFile[]): Promise<Writable> {
  const artifacts = createArtifacts(run);
  const named = files.map(({ part, content }) => ({ path: RECORD_FILES[part], content }));
  return {
    place: join(run, image, RECORD_FOLDER),
    had: (await artifacts.load(`${image}/${RECORD_FOLDER}`, 'inventory')) !== undefined,
    write: () => artifacts.saveFiles(image, RECORD_FOLDER, named),
  };
}

async function inContainer(
  spec: ImageSpec,
  container: string,
  version: string,
  files: readonly RecordFile[],
  context: Pick<Context, 'ports'>,
): Promise<Writable> {
  const path = recordPath({ ...recordedAs(spec).target, version }, 'inventory');
  return {
    place: container,
    had: (await context.ports.blobs.read({ container, path })) !== undefined,
    write: () => keep(spec, version, files, context),
  };
}
