/** The owner of every Marketplace AMI (canonical/ubuntu-cloud-docs, find-ubuntu-images), and the one of ap-east-1 (public source 33169946851). */
const MARKETPLACE_ACCOUNTS: ReadonlySet<string> = new Set(['679593333241', '211372476111']);

/** True for an account that sells for AWS Marketplace. */
export function isMarketplaceAccount(id: string): boolean {
  return MARKETPLACE_ACCOUNTS.has(id);
}
