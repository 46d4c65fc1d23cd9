import { resolve } from 'node:path';
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
}

/**
 * Keeps the inventory of a version, and its software bill of materials, with the rest of its record. `of` is `image@version`. Gives the places. Throws
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
    await keep(spec, version.name, files, context);
    const container = spec.records?.container;
    return [...(await intoRunFolder(image, version.tags[RUN_TAG], files, flags.runs, io)), ...(container === undefined ? [] : [container])];
  });
}

async function intoRunFolder(
  image: string,
  run: string | undefined,
  files: readonly RecordFile[],
  runs: string,
  { folder }: Io,
): Promise<readonly string[]> {
  if (run === undefined || !isRunId(run)) return [];
  const named = files.map(({ part, content }) => ({ path: RECORD_FILES[part], content }));
  return [await createArtifacts(resolve(folder, runs, run)).saveFiles(image, RECORD_FOLDER, named)];
}
