import { aWorld, type EndState, type Life, type Lived } from './disturbed.ts';
import type { Task } from './tasks.ts';
import type { Place } from './witness.ts';

/** What is wrong with the end of a task. */
export interface Finding {
  readonly kind: 'lost' | 'duplicate' | 'wrong content' | 'orphan' | 'stuck';
  readonly said: string;
}

/** The lives of a task. */
interface Lives {
  readonly lives: readonly Life[];
  readonly isEndless?: true;
}

/** How it ended. */
interface Ended {
  readonly findings: readonly Finding[];
  /** How often it was continued. */
  readonly continued: number;
  readonly walked: readonly Lived[];
}

/** The cloud after a task that nothing disturbs, and everything that it did. */
export async function undisturbed(task: Task): Promise<{ readonly calm: EndState; readonly places: readonly Place[] }> {
  const world = await aWorld(task);
  const { well, said, places } = await world.walk({ goesOn: false });
  const calm = await world.state();
  await world.close();
  if (well && calm.left.length === 0 && calm.versions.length > 0) return { calm, places };
  throw new Error(`an undisturbed run is not fine: ${said} ${JSON.stringify(calm)}`);
}

/** The lives one after the other, until all is done; then the cloud has to be as after a calm run. */
export async function ended(task: Task, calm: EndState, { lives, isEndless }: Lives): Promise<Ended> {
  const world = await aWorld(task);
  const walked: Lived[] = [];
  for (const life of lives) if (!walked.at(-1)?.well) walked.push(await world.walk(life));
  const last = walked.at(-1);
  const isEnded = last?.well || (isEndless && last?.said.includes('TIMED_OUT'));
  const findings = [
    ...(isEnded ? [] : [{ kind: 'stuck', said: last?.said ?? '' } as const]),
    ...(isEndless ? [] : differences(await world.state(), calm)),
  ];
  await world.close();
  return { findings, continued: walked.length - 1, walked };
}

function differences(end: EndState, calm: EndState): readonly Finding[] {
  const lost = calm.versions.filter((one) => !end.versions.some((other) => nameOf(other) === nameOf(one)));
  const more = end.versions.flatMap((one): readonly Finding[] => {
    const expected = calm.versions.find((other) => nameOf(other) === nameOf(one));
    if (expected === undefined) return [{ kind: 'duplicate', said: one }];
    return expected === one ? [] : [{ kind: 'wrong content', said: `${one}, not ${expected}` }];
  });
  const left = end.left.map((said): Finding => ({ kind: 'orphan', said }));
  return [...lost.map((said): Finding => ({ kind: 'lost', said })), ...more, ...left];
}

/** Definition and number of a version. */
function nameOf(version: string): string {
  return version.split(' ').slice(0, 2).join(' ');
}
