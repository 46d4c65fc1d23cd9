import { type BuildPlan, type Issue, isPackerGroupOf, isTestGroupOf, type Leftover, type Run, runTime } from './model/index.ts';
import type { Context } from './ports.ts';

/** Whose groups: of the builds of Packer, or of test VMs. */
const MINE = { build: isPackerGroupOf, validate: isTestGroupOf } as const;

/**
 * Deletes the resource groups that earlier attempts of this run made for an image and left, since they were killed or told to keep them. Only a run that
 * is continued looks. Gives an EARLIER_ATTEMPT_LEFT for each that could not be deleted.
 */
export async function removeEarlierAttempts(
  { image, subscription }: Pick<BuildPlan, 'image' | 'subscription'>,
  stage: 'build' | 'validate',
  { ports, run }: Context<'leftovers' | 'progress'>,
): Promise<readonly Issue[]> {
  if (!isContinued(run)) return [];
  const note = (text: string) => ports.progress.emit({ kind: 'stage-note', image, stage, text });
  try {
    const groups = (await ports.leftovers.ofRun(subscription, run.id)).filter(
      (group) => !group.deleting && MINE[stage](group, image, run.id),
    );
    const left = await Promise.all(groups.map((group) => remove(group)));
    return left.flat();
  } catch (error) {
    run.signal.throwIfAborted();
    return [leftIssue(image, `what an earlier attempt of run ${run.id} left could not be listed: ${words(error)}`)];
  }

  async function remove(group: Leftover): Promise<readonly Issue[]> {
    note(`deleting ${group.name}, which an earlier attempt of this run left`);
    try {
      await ports.leftovers.remove(group, run.signal);
      return [];
    } catch (error) {
      run.signal.throwIfAborted();
      return [leftIssue(image, `the resource group ${group.name}, which an earlier attempt left, could not be deleted: ${words(error)}`)];
    }
  }
}

/** A run is named by when it began, to the second; one that goes on has started later. */
function isContinued({ id, started }: Pick<Run, 'id' | 'started'>): boolean {
  const begun = runTime(id);
  return begun !== undefined && started.getTime() - begun.getTime() >= 1_000;
}

function leftIssue(image: string, message: string): Issue {
  const hint = 'it costs money while it stands: `regild sweep` deletes it when its deadline has passed';
  return { severity: 'warning', code: 'EARLIER_ATTEMPT_LEFT', message, hint, image };
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
