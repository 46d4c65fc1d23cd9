import type { Catalog } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import type { Wishes } from '../match/index.ts';
import type { Ami, Issue, Survey } from '../model/index.ts';
import type { AccountInventory, Clock, Contents, Ec2 } from '../ports.ts';
import { ancestryOf, byId, type KnownAmis, withAncestors } from './ancestries.ts';
import { NOT_INSPECTED, type ReadContents, readContents } from './contents.ts';
import { type Judged, type Judging, judge } from './judged.ts';
import { toSurvey } from './to-survey.ts';
import { findUse, nothingKnown } from './use.ts';

/** What to survey in an account. */
export interface SurveyRequest {
  readonly regions: readonly string[];
  /** `self`, account ids or aliases. */
  readonly owners: readonly string[];
  /** Whether to ask what uses the AMIs. */
  readonly use: boolean;
  /** How many root disks are read; none when absent. */
  readonly inspect?: { readonly max: number } | undefined;
  readonly wishes: Wishes;
}

export interface SurveyPorts {
  readonly ec2: Pick<Ec2, 'describeAmis' | 'lineage'>;
  readonly inventory: AccountInventory;
  /** Asked only where disks are to be read. */
  readonly contents: Contents;
  readonly clock: Clock;
}

/**
 * Every AMI of the owners in the regions, in the order of the regions and EC2's own. What the account may not ask about its use is an issue of the survey;
 * a region whose AMIs it may not list throws CLOUD_DENIED, an unknown one REGION_UNKNOWN.
 */
export async function surveyAccount(
  { regions, owners, use, inspect, wishes }: SurveyRequest,
  { ec2, inventory, contents, clock }: SurveyPorts,
  catalog: Catalog,
): Promise<Survey> {
  const listed = await Promise.all(
    [...new Set(regions)].map(async (region) => [region, await inventory.listAmis(owners, region)] as const),
  );
  const amis = listed.flatMap(([, found]) => found);
  const known = await withAncestors(amis, (ids, region) => allowed(() => ec2.describeAmis(ids, region), []));
  const found = use ? await findUse(new Map(listed), inventory) : nothingKnown;
  const read = inspect === undefined ? NOT_INSPECTED : await readContents(amis, inspect.max, contents);
  const judged = judgeAll(amis, known, { catalog, wishes, now: clock.now() }, read);
  return toSurvey(judged, found.useOf, catalog, [...found.issues, ...read.issues]);
}

/** The survey of AMI records that were read elsewhere; `issues` are what was noticed while reading. Nothing is asked of a cloud. */
export function surveyRecords(amis: readonly Ami[], catalog: Catalog, wishes: Wishes, now: Date, issues: readonly Issue[] = []): Survey {
  return toSurvey(judgeAll(amis, byId(amis), { catalog, wishes, now }, NOT_INSPECTED), nothingKnown.useOf, catalog, issues);
}

/** One after the other: what speaks for every value of all of them together does not fit into memory. */
function* judgeAll(amis: readonly Ami[], known: KnownAmis, judging: Judging, { contentOf }: ReadContents): Generator<Judged> {
  for (const ami of amis) yield judge(ami, ancestryOf(ami, known), judging, contentOf(ami));
}

/** A source AMI may lie in a region that the account has not enabled or may not read: the survey goes on without it. */
async function allowed<Value>(ask: () => Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RegildError && (error.code === 'CLOUD_DENIED' || error.code === 'REGION_UNKNOWN')) return otherwise;
    throw error;
  }
}
