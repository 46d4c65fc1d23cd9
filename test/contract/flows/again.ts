import type { Context, Ports } from '../../../src/ports.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import { type ScenarioRun, scenarioSpec } from '../../scenarios/walk.ts';
import type { Flow } from '../record.ts';
import { expectOutcome, expectSame } from './expect.ts';

/** What happens after, and instead of, a first walk. */
export const AGAIN: readonly Flow[] = [
  { name: 'a second walk changes nothing', scenario: 'ubuntu-2204', walk: walkTwice },
  { name: 'a build is cancelled', scenario: 'ubuntu-2204', options: { faults: [stuck()] }, walk: cancelBuild },
];

function stuck(): Fault {
  return { match: { method: 'POST', path: '**/run' }, effect: { kind: 'stuck-operation' } };
}

async function walkTwice(run: ScenarioRun, folder: string): Promise<void> {
  await expectOutcome(run, folder, 'published');
  await expectOutcome(run, folder, 'unchanged');
  const { gallery } = run.context.ports;
  const ref = { ...scenarioSpec(folder).target };
  const [version] = await gallery.versions(ref);
  if (!version) throw new Error('the definition has no version');
  await gallery.removeVersion({ ...ref, version: version.name });
  expectSame('versions after the deletion', await gallery.versions(ref), []);
}

/** Aborts as soon as the service says that it runs the customizers, which it never ends. */
async function cancelBuild(run: ScenarioRun, folder: string): Promise<void> {
  const abort = new AbortController();
  const progress: Ports['progress'] = {
    emit: (event) => void (event.kind === 'stage-note' && event.text === 'Customizing' && abort.abort()),
  };
  const context: Context = {
    ...run.context,
    ports: { ...run.context.ports, progress },
    run: { ...run.context.run, signal: abort.signal },
  };
  await expectOutcome({ ...run, context }, folder, 'cancelled');
}
