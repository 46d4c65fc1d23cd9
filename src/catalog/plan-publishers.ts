/**
 * Publishers whose every image needs a purchase plan, and single offers of others that do (MicrosoftDocs/azure-compute-docs: redhat-images, byos;
 * Canonical's list of Azure images; observed `plan` of the Marketplace images).
 */
export const PLAN_PUBLISHERS: ReadonlySet<string> = new Set([
  'resf',
  'ciq',
  'kinvolk',
  'thefreebsdfoundation',
  'center-for-internet-security-inc',
]);
export const PLAN_OFFERS: ReadonlySet<string> = new Set(['redhat:rhel-byos']);
