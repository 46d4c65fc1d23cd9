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

/** Windows updates are a loss and are left out. */
function stepViews(steps: readonly BuildStep[]): readonly StepView[] {
  const kept = steps.filter(({ kind }) => kind !== 'windows-updates');
  return kept.map((step, index) => ({
    phase: kept[index - 1]?.phase === step.phase ? null : step.phase,
    name: step.title,
    restart: step.kind === 'restart',
    lines: 'lines' in step ? step.lines : [],
  }));
}
