import { join, resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import { named } from '../living/latest-change.ts';
import { type Inventory, isRunId, RECORD_FILES, RECORD_FOLDER, RUN_TAG } from '../model/index.ts';
import { keep, type RecordFile } from '../records/index.ts';
import { renderInventory } from '../report/inventory/index.ts';
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

/**
 * Keeps the inventory of a version, and its software bill of materials, with the rest of its record. `of` is `image@version`. Gives the places, also for a dry run. Throws
 * USAGE, IMAGE_UNKNOWN, VERSION_NOT_FOUND, and what the container refuses.
 */
export async function recordInventory(inventory: Inventory, of: string, flags: RecordFlags, io: Io): Promise<readonly string[]> {
  const [image, name] = of.split('@');
  if (!image || !name)
    throw new RegildError('USAGE', `${JSON.stringify(of)} names no version`, {
      hint: 'write image@version, for example web-golden@2026.1121.0',
    });
  const files: readonly RecordFile[] = [
    { part: 'inventory', content: renderInventory(inventory, 'json', { version: toolVersion }) },
    { part: 'sbom', content: renderInventory(inventory, 'cyclonedx', { version: toolVersion }) },
  ];
  return withFleet([image], { ...flags, cache: true }, io, async (context, { specs: [spec] }) => {
    if (spec === undefined) throw new RegildError('IMAGE_UNKNOWN', `${flags.manifest} has no image ${image}`, { hint: 'check the name' });
    const version = named(spec, await context.ports.gallery.versions(spec.target), name);
    const run = runFolder(version.tags[RUN_TAG], flags.runs, io);
    if (!flags.dryRun) {
      await keep(spec, version.name, files, context);
      if (run !== undefined) await intoRunFolder(run, image, files);
    }
    const folder = run && join(run, image, RECORD_FOLDER);
    return [folder, spec.records?.container].filter((place) => place !== undefined);
  });
}

/** The folder of the run that made a version; undefined when its tags name no run. */
function runFolder(run: string | undefined, runs: string, { folder }: Io): string | undefined {
  return run === undefined || !isRunId(run) ? undefined : resolve(folder, runs, run);
}

async function intoRunFolder(run: string, image: string, files: readonly RecordFile[]): Promise<void> {
  const named = files.map(({ part, content }) => ({ path: RECORD_FILES[part], content }));
  await createArtifacts(run).saveFiles(image, RECORD_FOLDER, named);
}
