import { type Issue, statesNvme, statesTrustedLaunch } from '../model/index.ts';
import { catalogIssue } from './catalog-issue.ts';
import type { Base, Catalog } from './schema.ts';

/** Bases that Azure cannot have: arm64, NVMe or Trusted Launch of generation 1, a missing or foreign purchase plan. */
export function checkBases({ releases }: Catalog): readonly Issue[] {
  return releases.flatMap(({ id, bases }) =>
    bases.flatMap((base) => faults(base).map((fault) => catalogIssue(`distros/${id}`, `base ${base.id}: ${fault}`))),
  );
}

function faults(base: Base): readonly string[] {
  const { architecture, generation, publisher, offer, plan } = base;
  return [
    ...(architecture === 'arm64' && generation === 'V1' ? ['arm64 boots UEFI only, so it cannot be of generation V1'] : []),
    ...(generation === 'V1' && statesNvme(base) ? ['NVMe needs generation V2 (enable-nvme-interface)'] : []),
    ...(generation === 'V1' && statesTrustedLaunch(base) ? ['Trusted Launch needs generation V2 (trusted-launch)'] : []),
    ...(needsPlan(publisher, offer) && plan === undefined ? [`images of ${publisher}:${offer} need a purchase plan`] : []),
    ...(plan !== undefined && plan.publisher.toLowerCase() !== publisher.toLowerCase()
      ? [`its plan is of another publisher, ${plan.publisher}`]
      : []),
  ];
}

function needsPlan(publisher: string, offer: string): boolean {
  return PLAN_PUBLISHERS.has(publisher.toLowerCase()) || PLAN_OFFERS.has(`${publisher}:${offer}`.toLowerCase());
}

/**
 * Publishers whose every image needs a purchase plan, and single offers of others that do (MicrosoftDocs/azure-compute-docs: redhat-images, byos;
 * Canonical's list of Azure images; observed `plan` of the Marketplace images).
 */
export const PLAN_PUBLISHERS: ReadonlySet<string> = new Set([
  'resf',
  'ciq',
  'kinvolk',
  'thefreebsdfoundation',
  'kali-linux',
  'center-for-internet-security-inc',
]);
export const PLAN_OFFERS: ReadonlySet<string> = new Set(['redhat:rhel-byos']);
