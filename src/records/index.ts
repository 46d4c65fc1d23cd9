import {
  type ImageReport,
  type ImageSpec,
  type Inventory,
  RECORD_FILES,
  RECORD_FOLDER,
  type RecordPart,
  type Report,
  recordedAs,
  recordPath,
  SCHEMA_VERSION,
} from '../model/index.ts';
import type { Context } from '../ports.ts';
import { renderInventory } from '../report/inventory/index.ts';
import { bytesToSign, envelopeOf } from './envelope.ts';
import { isPublished, type PublishedReport, provenanceOf } from './provenance.ts';

/** A file of a record. */
export interface RecordFile {
  readonly part: RecordPart;
  readonly content: string;
}

/**
 * Keeps what is known of a version that was published: its report, its provenance and, where its test VM told, its inventory with the software bill of materials, in the run
 * folder and, where the manifest names one, in a container.
 * What lies in the container stays as it is, so that there are never two records of one version. Throws what the container or the signer refuses.
 */
export async function recordVersion(
  spec: ImageSpec,
  report: ImageReport,
  inventory: Inventory | undefined,
  context: Context,
): Promise<void> {
  if (!isPublished(report)) return;
  const files = [...(await recordOf(spec, report, context)), ...contentOf(inventory, context.run.toolVersion)];
  await context.ports.artifacts.saveFiles(
    spec.name,
    RECORD_FOLDER,
    files.map(({ part, content }) => ({ path: RECORD_FILES[part], content })),
  );
  await keep(spec, report.published.version, files, context);
}

/** What is in a version, and the same as a software bill of materials. */
export function contentOf(inventory: Inventory | undefined, version: string): readonly RecordFile[] {
  if (inventory === undefined) return [];
  return [
    { part: 'inventory', content: renderInventory(inventory, 'json', { version }) },
    { part: 'sbom', content: renderInventory(inventory, 'cyclonedx', { version }) },
  ];
}

/** Writes those files of a record into the manifest's container that are not there yet. */
export async function keep(
  spec: ImageSpec,
  version: string,
  files: readonly RecordFile[],
  { ports }: Pick<Context, 'ports'>,
): Promise<void> {
  const { target } = recordedAs(spec);
  const container = spec.records?.container;
  if (container === undefined) return;
  for (const { part, content } of files) await ports.blobs.create({ container, path: recordPath({ ...target, version }, part) }, content);
}

async function recordOf({ records }: ImageSpec, report: PublishedReport, context: Context): Promise<readonly RecordFile[]> {
  const provenance = jsonFile(provenanceOf(report, context.run));
  const signature = records?.sign && (await context.ports.signer.sign(records.sign, bytesToSign(provenance)));
  return [
    { part: 'report', content: jsonFile(wholeReport(report, context)) },
    { part: 'provenance', content: provenance },
    ...(signature ? [{ part: 'envelope', content: jsonFile(envelopeOf(provenance, signature)) } as const] : []),
  ];
}

/** The report of a run with this image alone, so that every format of reports shows it. */
function wholeReport(report: PublishedReport, { run, ports }: Context): Report {
  return {
    kind: 'Report',
    schemaVersion: SCHEMA_VERSION,
    runId: run.id,
    tool: { name: 'regild', version: run.toolVersion },
    command: 'build',
    started: report.build.started,
    finished: ports.clock.now().toISOString(),
    clouds: run.clouds,
    images: [report],
    issues: [],
  };
}

function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
