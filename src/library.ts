import { readImageFile } from './adapters/aws/image-file.ts';
import { judgeAmi } from './analyze/judge-ami.ts';
import { loadCatalog } from './catalog/load.ts';
import { inspectFile } from './commands/inspect-sources.ts';
import { mapSubjects } from './map/index.ts';
import { NO_WISHES } from './match/index.ts';
import type { Analysis } from './model/analysis.ts';
import type { Inventory } from './model/inventory.ts';
import type { Mappings } from './model/printed-lists.ts';
import { SCHEMA_VERSION } from './model/schema.ts';
import type { Survey } from './model/survey.ts';
import { surveyRecords } from './survey/index.ts';

export { RegildError } from './errors.ts';
export type { Analysis } from './model/analysis.ts';
export type { Inventory } from './model/inventory.ts';
export type { Issue } from './model/issue.ts';
export type { Mappings } from './model/printed-lists.ts';
export type { Survey, SurveyedImage } from './model/survey.ts';

/** What both readings of AMI records may be told. */
export interface RecordOptions {
  /** AWS region of records that do not tell theirs. */
  readonly region?: string;
  /** Decides what has been deprecated and what is still supported; the present when absent. */
  readonly now?: Date;
}

/**
 * What each AMI is, with evidence and confidence. `records` is the output of EC2's DescribeImages as text: JSON, JSON lines or one record. Asks no cloud.
 * Throws RegildError: FILE_INVALID where nothing in the text is a record.
 */
export async function analyze(records: string, { region = '', now = new Date() }: RecordOptions = {}): Promise<readonly Analysis[]> {
  const catalog = await loadCatalog();
  const { amis } = readImageFile(records, 'records', region);
  return amis.map((ami) => ({ kind: 'Analysis', schemaVersion: SCHEMA_VERSION, image: ami.id, ...judgeAmi(ami, [], catalog, now) }));
}

/** The same records sorted by the road that each one takes to Azure, in waves, as `regild survey --from` does it. Asks no cloud; throws as `analyze` does. */
export async function survey(records: string, { region = '', now = new Date() }: RecordOptions = {}): Promise<Survey> {
  const { amis, issues } = readImageFile(records, 'records', region);
  return surveyRecords(amis, await loadCatalog(), NO_WISHES, now, issues);
}

/** What regions, instance types and EBS volumes become on Azure, each with its reasons; written as `regild map` takes them. Asks no cloud. */
export async function map(...subjects: readonly string[]): Promise<Mappings['mappings']> {
  return mapSubjects(subjects, await loadCatalog());
}

/**
 * What is in a disk (raw, VHD, VMDK, qcow2) or in a folder that holds a root file system. Reads only. Throws RegildError: FILE_NOT_FOUND, and FILE_INVALID
 * where nothing in it can be read.
 */
export async function inspect(path: string): Promise<Inventory> {
  return inspectFile(path, path, await loadCatalog(), async ({ inventory }) => inventory);
}
