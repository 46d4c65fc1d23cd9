import { runScript } from '../../guest/steps/windows-lines.ts';
import type { BuildStep, GuestWork } from '../../guest/work.ts';
import {
  type BuildPlan,
  capturedVersion,
  DEADLINE_TAG,
  DIGEST_TAG,
  type Phase,
  type PurchasePlan,
  packerGroupPrefix,
  RUN_TAG,
  resourceName,
  stagedStorage,
  type Urn,
} from '../../model/index.ts';
import { parseSubnet, type Subnet } from './subnet.ts';

/** What the four templates print; absent is `null`. */
export interface PackerView {
  readonly image: string;
  readonly linux: boolean;
  readonly osType: string;
  readonly subscription: string;
  readonly location: string;
  readonly source: Urn;
  readonly planInfo: PurchasePlan | null;
  readonly vmSize: string;
  readonly osDiskSizeGB: number;
  readonly identity: string | null;
  readonly subnet: Subnet | null;
  readonly controller: string | null;
  readonly trustedLaunch: boolean;
  /** Name of the temporary managed image; null where the VM itself is the source. */
  readonly managedImage: string | null;
  /** First part of the temporary resource group's name; the run's id and the attempt follow. */
  readonly groupPrefix: string;
  readonly destination: {
    readonly subscription: string;
    readonly resourceGroup: string;
    readonly gallery: string;
    readonly definition: string;
    readonly version: string;
    readonly storage: string;
  };
  readonly timeout: string;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly runTag: string;
  readonly deadlineTag: string;
  readonly digestTag: string;
  readonly steps: readonly StepView[];
}

/** A provisioner: it restarts, or runs lines. */
interface StepView {
  /** Name of the phase that begins here. */
  readonly phase: Phase | null;
  readonly restart: boolean;
  readonly name: string;
  /** Runs as Local System, in a scheduled task: Windows lets nobody install updates who comes in over the network. */
  readonly asSystem: boolean;
  readonly lines: readonly string[];
}

/** The longest name of a managed image. */
const LONGEST_IMAGE = 80;

/** The plan in the words of the azure-arm builder. */
export function packerView(plan: BuildPlan, work: GuestWork): PackerView {
  const { base, build, os } = plan;
  return {
    image: plan.image,
    linux: os.family === 'linux',
    osType: plan.definition.osType,
    subscription: plan.subscription,
    location: plan.location,
    source: base.urn,
    planInfo: base.plan ?? null,
    vmSize: build.vmSize,
    osDiskSizeGB: build.osDiskSizeGB,
    identity: build.identity ?? null,
    subnet: build.subnet === undefined ? null : (parseSubnet(build.subnet) ?? null),
    controller: controllerOf(plan),
    trustedLaunch: plan.security === 'TrustedLaunch',
    managedImage: plan.route === 'managed-image' ? resourceName([plan.image, plan.version], LONGEST_IMAGE) : null,
    groupPrefix: packerGroupPrefix(plan.image),
    destination: { ...capturedVersion(plan), storage: stagedStorage(plan) },
    timeout: `${build.timeoutMinutes}m`,
    tags: Object.entries(plan.tags).map(([name, value]) => ({ name, value })),
    runTag: RUN_TAG,
    deadlineTag: DEADLINE_TAG,
    digestTag: DIGEST_TAG,
    steps: stepViews(work.steps),
  };
}

/** Azure chooses where the image boots from both: not every size that builds has NVMe, and validation boots one VM of each kind. */
function controllerOf({ controllers }: BuildPlan): string | null {
  return controllers.includes('NVMe') && !controllers.includes('SCSI') ? 'NVMe' : null;
}

function stepViews(steps: readonly BuildStep[]): readonly StepView[] {
  return steps.flatMap(viewsOf).map((view, index, all) => ({ ...view, phase: all[index - 1]?.phase === view.phase ? null : view.phase }));
}

/** A step as its provisioners, each with its phase. */
function viewsOf(step: BuildStep): readonly (StepView & { readonly phase: Phase })[] {
  const view = { phase: step.phase, name: step.title, restart: false, asSystem: false, lines: [] };
  switch (step.kind) {
    case 'restart':
      return [{ ...view, restart: true }];
    case 'windows-updates':
      return updateRounds(step).flatMap(({ name, lines }) => [
        { ...view, name, asSystem: true, lines },
        { ...view, name: `restart after ${name}`, restart: true },
      ]);
    case 'run':
    case 'generalize':
      return [{ ...view, lines: step.lines }];
  }
}

/** Updates bring updates: what is offered only after a restart is installed in the next round, and the last round fails when something could not be. */
const ROUNDS = [1, 2, 3] as const;

function updateRounds({ title }: BuildStep): readonly { readonly name: string; readonly lines: readonly string[] }[] {
  return ROUNDS.map((round) => ({
    name: `${title} (round ${round} of ${ROUNDS.length})`,
    lines: runScript('updates.ps1', [round === ROUNDS.length ? 'last' : 'more']),
  }));
}
