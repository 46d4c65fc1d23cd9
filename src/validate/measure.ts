import { measureScript, parseMeasured } from '../guest/measure-run.ts';
import { plannedText } from '../guest/planned-text.ts';
import { type BuildPlan, type Issue, keepsLimit, METRICS, type Measurement, type TestedVm, vmName } from '../model/index.ts';
import type { Assets, RunningVm } from '../ports.ts';

/** What a test VM is asked when it is measured. */
export interface Measuring {
  readonly script: string;
  readonly metrics: NonNullable<BuildPlan['test']['measure']>['metrics'];
  /** Simulated figures keep and break no limit. */
  readonly simulated: boolean;
}

/** What the plan wants measured, if anything. Throws ARTIFACT_INVALID when the script is not the one that was planned. */
export async function measuringOf(
  { os, test }: BuildPlan,
  assets: Pick<Assets, 'own'>,
  simulated: boolean,
): Promise<Measuring | undefined> {
  if (test.measure === undefined) return undefined;
  const { script, metrics } = test.measure;
  return { script: measureScript(os.family, plannedText(script, await assets.own(script.path)), metrics), metrics, simulated };
}

/** The figures of one VM, one for each metric that was asked. */
export async function measure({ script, metrics, simulated }: Measuring, vm: Pick<RunningVm, 'run'>): Promise<readonly Measurement[]> {
  const answers = parseMeasured((await vm.run(script)).stdout);
  return metrics.map(({ metric, ami, limit }) => {
    const { value, how } = answers.find((each) => each.metric === metric) ?? { value: undefined, how: 'the guest gave no answer' };
    const judged = limit !== undefined && !simulated;
    return { metric, value, how, ami, limit, ...(judged && { kept: keepsLimit(metric, value, limit) }) };
  });
}

/** MEASURED_WORSE (error) for each limit of the manifest that a VM breaks, or could not be measured against. */
export function measuredWorse(image: string, vm: TestedVm): readonly Issue[] {
  return (vm.measured ?? [])
    .filter(({ kept }) => kept === false)
    .map(({ metric, value, how, limit }) => {
      const { unit, better } = METRICS[metric];
      const found = value === undefined ? `was not measured: ${how}` : `is ${value} ${unit}`;
      return {
        severity: 'error',
        code: 'MEASURED_WORSE',
        message: `${metric} on ${vmName(vm)} ${found}; the limit is ${limit} ${unit} at ${better === 'lower' ? 'most' : 'least'}`,
        hint: `another \`test.vmSize\`, a larger disk, or another \`measure.${metric}.limit\``,
        image,
      };
    });
}
