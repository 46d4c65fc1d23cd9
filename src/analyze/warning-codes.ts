import type { IssueCode } from '../model/index.ts';

/** Issue code -> the warning that `regild survey` prints for it, one to one. Codes of later stages are here too, so that there is one table. */
export const WARNING_CODES = {
  SOURCE_32_BIT: '32-bit',
  BETA_SOURCE: 'beta-source',
  BYOS_PLAN: 'byos-plan',
  DATA_DISKS: 'data-disks',
  DEPRECATED_AMI: 'deprecated-ami',
  ENCRYPTED_SNAPSHOT: 'encrypted-snapshot',
  EOL_SOURCE: 'eol-source',
  INSTANCE_STORE: 'instance-store',
  LICENCE_UNCLEAR: 'licence-unclear',
  NO_AZURE_EQUIVALENT: 'no-azure-equivalent',
  OWNER_MISMATCH: 'owner-mismatch',
  PARAVIRTUAL: 'paravirtual',
  PAYG_LICENCE: 'payg-licence',
  PRODUCT_CODE_INHERITED: 'product-code-inherited',
  PROVISIONED_IOPS: 'provisioned-iops',
  SQL_SERVER: 'sql-server',
  UNKNOWN_OS: 'unknown-os',
  UNKNOWN_VERSION: 'unknown-version',
  VENDOR_TERMS: 'vendor-terms',
} as const satisfies Partial<Record<IssueCode, string>>;

const warnings: ReadonlyMap<string, string> = new Map(Object.entries(WARNING_CODES));

/** The survey's warning for an issue code; undefined for issues that the survey does not list. */
export function warningCode(issueCode: string): string | undefined {
  return warnings.get(issueCode);
}
