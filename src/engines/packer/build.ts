import type { BuildPlan, RenderedTemplate } from '../../model/index.ts';
import type { Context } from '../../ports.ts';
import type { Built } from '../engine.ts';
import { versionId } from '../gallery-ids.ts';

/** Name of the log in the image's run folder. */
const LOG = 'packer.log';

/**
 * Writes the rendered folder and runs Packer in it. The answer is the version that the template names: where a managed image lies between, Packer's
 * own artifact id is that of the managed image, which goes with the temporary resource group.
 */
export async function buildWithPacker(plan: BuildPlan, template: RenderedTemplate, context: Context): Promise<Built> {
  const { artifacts, packer, progress } = context.ports;
  const folder = await artifacts.saveFiles(plan.image, 'packer', template.files);
  const log: string[] = [];
  const onUpdate = (text: string) => {
    log.push(text);
    progress.emit({ kind: 'stage-note', image: plan.image, stage: 'build', text });
  };
  try {
    await packer.build(folder, variables(context), { signal: context.run.signal, onUpdate });
  } finally {
    await artifacts.log(plan.image, LOG, `${log.join('\n')}\n`);
  }
  return { versionId: versionId(plan), issues: [] };
}

/** What differs from run to run, and so is not in the template. */
function variables({ run }: Context): Readonly<Record<string, string>> {
  return { PKR_VAR_run_id: run.id, PKR_VAR_deadline: run.deadline.toISOString() };
}
