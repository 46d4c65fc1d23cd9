import type { GuestWork } from '../../guest/build-step.ts';
import { secretsOf } from '../../guest/steps/secrets.ts';
import { type BuildPlan, type PurchasePlan, resourceName, stagedStorage, versionId, versionRef } from '../../model/index.ts';
import { type Customizer, customizers } from './customize.ts';

/** What `template.json.hbs` prints; absent is `null`. */
export interface ImageBuilderView {
  readonly location: string;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly identity: string | null;
  readonly buildTimeoutInMinutes: number;
  readonly vmSize: string;
  readonly osDiskSizeGB: number;
  readonly subnet: string | null;
  /** Identity that the build VM carries, so that steps can read secrets with it. */
  readonly buildIdentity: string | null;
  readonly source: { readonly publisher: string; readonly offer: string; readonly sku: string; readonly version: string };
  readonly planInfo: PurchasePlan | null;
  readonly customize: readonly Customizer[];
  readonly galleryImageId: string;
  readonly runOutputName: string;
  readonly storage: string;
}

/** The longest name of a run output (`^[A-Za-z0-9-_.]{1,64}$`, API 2025-10-01). */
const LONGEST_NAME = 64;

/** The plan in the words of an Image Builder template. */
export function imageBuilderView(plan: BuildPlan, work: GuestWork): ImageBuilderView {
  return {
    location: plan.location,
    tags: Object.entries(plan.tags).map(([name, value]) => ({ name, value })),
    identity: plan.build.identity ?? null,
    buildTimeoutInMinutes: plan.build.timeoutMinutes,
    vmSize: plan.build.vmSize,
    osDiskSizeGB: plan.build.osDiskSizeGB,
    subnet: plan.build.subnet ?? null,
    buildIdentity: plan.provisioners.some((one) => secretsOf(one) !== undefined) ? (plan.build.identity ?? null) : null,
    source: plan.base.urn,
    planInfo: plan.base.plan ?? null,
    customize: customizers(plan.os.family, work),
    galleryImageId: versionId(versionRef(plan)),
    runOutputName: resourceName([plan.image, plan.version], LONGEST_NAME),
    storage: stagedStorage(plan),
  };
}
