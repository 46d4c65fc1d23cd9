import {
  DEADLINE_TAG,
  isOurName,
  type Leftover,
  PUBLISHED_TAG,
  parseTime,
  RUN_TAG,
  roughDuration,
  runTime,
  sizeOf,
  stagingOwner,
} from '../model/index.ts';
import type { SweepItem } from './item.ts';

export interface SweepRules {
  readonly now: Date;
  /** Only what was made at least so long ago; undefined = only the deadline counts. */
  readonly olderThanMilliseconds: number | undefined;
  /** Only what this run left, before its deadline too. */
  readonly onlyRun?: string | undefined;
  /** Whether staged versions that were never promoted are deleted too. */
  readonly staged: boolean;
  /** Names of staging definitions, whose versions are only ever passing through. */
  readonly stagingDefinitions: readonly string[];
  /** False where a list of image templates failed: what belongs to one may belong to one that builds. */
  readonly knowsTemplates: boolean;
}

/** What a sweep does about each leftover. Published versions, and what does not carry the tag of a run, are none. */
export function decideSweep(found: readonly Leftover[], rules: SweepRules): readonly SweepItem[] {
  const templates = found.filter(({ kind }) => kind === 'image-template').map(({ name }) => name);
  const looked = rules.onlyRun === undefined ? found : found.filter(({ tags }) => tags[RUN_TAG] === rules.onlyRun);
  return looked.filter(isLeftover).map((leftover) => {
    const { tags } = leftover;
    const run = tags[RUN_TAG] ?? '';
    const times = { started: runTime(run), deadline: parseTime(tags[DEADLINE_TAG]) };
    const kept = reasonToKeep(leftover, { ...rules, ...times, run, templates });
    const staging = leftover.kind === 'image-template' ? found.filter((other) => stagingOwner(other) === leftover.name) : [];
    const { risk, size } = sizeOf(leftover, staging);
    const reason = kept ?? whyGone(rules, times.deadline);
    return { leftover, run, ...times, risk, size, action: kept === undefined ? 'delete' : 'keep', reason };
  });
}

function whyGone({ now, onlyRun }: SweepRules, deadline: Date | undefined): string {
  if (onlyRun !== undefined && (deadline === undefined || deadline > now)) return 'its run was named';
  return `its deadline passed ${roughDuration(now.getTime() - (deadline?.getTime() ?? 0))} ago`;
}

function isLeftover(leftover: Leftover): boolean {
  if (leftover.tags[RUN_TAG] === undefined) return false;
  return leftover.kind !== 'gallery-version' || (leftover.excludeFromLatest && leftover.tags[PUBLISHED_TAG] === undefined);
}

interface Facts extends SweepRules, Pick<SweepItem, 'started' | 'deadline' | 'run'> {
  /** Names of the image templates that exist. */
  readonly templates: readonly string[];
}

/** The first reason that speaks against deleting; undefined when there is none. */
function reasonToKeep(leftover: Leftover, facts: Facts): string | undefined {
  const { now, deadline, run, templates, onlyRun } = facts;
  if (!deadline) return `it has no time in its tag ${DEADLINE_TAG}`;
  if (!isOurName(leftover, run)) return `its name is none that regild gives in run ${run}`;
  if (leftover.deleting) return 'it is being deleted already';
  if (deadline > now && onlyRun === undefined) return `its deadline is in ${roughDuration(deadline.getTime() - now.getTime())}`;
  const owner = stagingOwner(leftover);
  if (owner !== undefined && templates.includes(owner)) return `it goes with the image template ${owner}`;
  if (owner !== undefined && !facts.knowsTemplates) return `nobody could be asked whether its image template ${owner} is there`;
  return tooYoung(facts) ?? keptAsStaged(leftover, facts);
}

function tooYoung({ now, olderThanMilliseconds, started }: Facts): string | undefined {
  if (olderThanMilliseconds === undefined) return undefined;
  if (!started) return 'its age is not known';
  const age = now.getTime() - started.getTime();
  return age < olderThanMilliseconds ? `it is ${roughDuration(age)} old` : undefined;
}

function keptAsStaged(leftover: Leftover, { staged, stagingDefinitions }: Facts): string | undefined {
  if (leftover.kind !== 'gallery-version' || staged || stagingDefinitions.includes(leftover.ref.definition)) return undefined;
  return 'a staged version can still be validated and published; --staged deletes it';
}
