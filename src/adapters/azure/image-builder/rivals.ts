import type { ImageTemplate } from '@azure/arm-imagebuilder';
import { RegildError } from '../../../errors.ts';
import { RUN_TAG, runTime } from '../../../model/index.ts';
import type { TemplateRef } from '../../../ports.ts';
import { cancellable } from '../connection/cancellable.ts';
import type { AzureConnection } from '../connection/index.ts';
import { asAzure } from '../errors/index.ts';
import { attempt, pause } from './attempt.ts';
import { type BuildTemplate, rivalry } from './template.ts';

/** How often a template that was never run is looked at before it is taken for one whose owner died: the one whose name comes first is the less patient. */
const LOOKS = { first: 5, second: 15 } as const;

/**
 * Two runs that start in the same moment plan the same number. Each has put its template up before it looks for others, so that at least one of them
 * sees the other: a template that runs has won; of two that wait, the one whose name comes first starts, and the other sees it run. Throws
 * BUILD_RUNNING, before anything is built, when another template makes the same version.
 */
export async function giveWay(
  connection: AzureConnection,
  ref: TemplateRef,
  wanted: BuildTemplate,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let looks = 1; ; looks++) {
    const others = (await connection.outlast(signal, () => list(connection, ref, signal))).map((other) => ({
      other,
      state: rivalry(other, { name: ref.name, target: wanted.target, digest: wanted.digest }),
    }));
    const running = others.find(({ state }) => state === 'running');
    if (running) throw alreadyBuilt(running.other, ref);
    const idle = others.filter(({ state }) => state === 'idle');
    const patience = idle.some(({ other }) => (other.name ?? '') < ref.name) ? LOOKS.second : LOOKS.first;
    if (idle.length === 0 || looks >= patience) return;
    await pause(connection, ref, signal);
  }
}

async function list(connection: AzureConnection, ref: TemplateRef, signal: AbortSignal | undefined): Promise<readonly ImageTemplate[]> {
  return asAzure(attempt('list', ref), async () => {
    const { virtualMachineImageTemplates: templates } = await connection.imageBuilder(ref.subscription);
    return Array.fromAsync(templates.listByResourceGroup(ref.resourceGroup, cancellable(signal)));
  });
}

function alreadyBuilt({ name = '', tags }: ImageTemplate, { resourceGroup }: TemplateRef): RegildError {
  const run = tags?.[RUN_TAG];
  const started = runTime(run ?? '');
  const since = started === undefined ? '' : `, since ${started.toISOString().slice(0, 16).replace('T', ' ')}Z`;
  return new RegildError(
    'BUILD_RUNNING',
    `${run === undefined ? 'somebody else' : `run ${run}`} is building the same version${since}: the image template ${name} in ${resourceGroup}`,
    {
      hint: run === undefined ? 'wait until it has ended' : `wait until it has ended, or continue it with --run-id ${run}`,
      details: { template: name, run },
    },
  );
}
