import type * as z from 'zod';
import { RegildError } from '../errors.ts';
import {
  Envelope,
  type ExistingVersion,
  type ImageSpec,
  Inventory,
  type LineageVersion,
  Provenance,
  RECORD_FILES,
  RECORD_FOLDER,
  type RecordPart,
  Report,
  RUN_TAG,
  recordedAs,
  recordPath,
} from '../model/index.ts';
import type { Artifacts, Context } from '../ports.ts';

/** What is kept of a version, as far as it was kept. */
export interface VersionRecord {
  /** The container's address, or `run <id>`. */
  readonly place: string;
  readonly report?: Report | undefined;
  readonly provenance?: Provenance | undefined;
  readonly envelope?: Envelope | undefined;
  readonly inventory?: Inventory | undefined;
}

/** The run folder of a run. */
export type RunFolder = (runId: string) => Pick<Artifacts, 'load'>;

/**
 * What is kept of a version: in the manifest's container, else in the run folder of the run that made it; undefined where neither knows of it. Throws
 * CLOUD_DENIED, and ARTIFACT_INVALID for what another version of regild, or somebody else, wrote.
 */
export async function readRecord(
  spec: ImageSpec,
  { name: version, tags }: Pick<ExistingVersion, 'name' | 'tags'>,
  { ports }: Pick<Context, 'ports'>,
  folderOf: RunFolder,
): Promise<VersionRecord | undefined> {
  const { name: image, target } = recordedAs(spec);
  const container = spec.records?.container;
  if (container !== undefined) {
    const kept = await readAll(container, async (part) => {
      const text = await ports.blobs.read({ container, path: recordPath({ ...target, version }, part) });
      return text === undefined ? undefined : parseJson(text, `${container}/${recordPath({ ...target, version }, part)}`);
    });
    if (kept) return kept;
  }
  const run = tags[RUN_TAG];
  if (run === undefined) return undefined;
  return readAll(`run ${run}`, (part) => folderOf(run).load(`${image}/${RECORD_FOLDER}`, RECORD_FILES[part].replace(/\.json$/, '')));
}

type Load = (part: RecordPart) => Promise<unknown>;

async function readAll(place: string, load: Load): Promise<VersionRecord | undefined> {
  const [report, provenance, envelope, inventory] = await Promise.all([
    readPart('report', Report, place, load),
    readPart('provenance', Provenance, place, load),
    readPart('envelope', Envelope, place, load),
    readPart('inventory', Inventory, place, load),
  ]);
  const found = [report, provenance, envelope, inventory].some((part) => part !== undefined);
  return found ? { place, report, provenance, envelope, inventory } : undefined;
}

async function readPart<Kept>(part: RecordPart, schema: z.ZodType<Kept>, place: string, load: Load): Promise<Kept | undefined> {
  const saved = await load(part);
  if (saved === undefined) return undefined;
  const parsed = schema.safeParse(saved);
  if (parsed.success) return parsed.data;
  throw unreadable(`${RECORD_FILES[part]} of ${place}`, parsed.error);
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(place, cause);
  }
}

function unreadable(what: string, cause: unknown): RegildError {
  return new RegildError('ARTIFACT_INVALID', `the record ${what} cannot be read`, {
    hint: 'another version of regild wrote it, or somebody changed it',
    cause,
  });
}

/** A record in a few words. */
export function summaryOf({ place, provenance, envelope, inventory }: VersionRecord): NonNullable<LineageVersion['record']> {
  const versions = provenance?.predicate.runDetails.builder.version;
  return {
    place,
    builtBy:
      versions &&
      Object.entries(versions)
        .map((each) => each.join(' '))
        .join(', '),
    signedBy: envelope?.signatures.map(({ keyid = 'a key without a name' }) => keyid) ?? [],
    inventory: inventory !== undefined,
  };
}
